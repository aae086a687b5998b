package dev.vectorhub.api.qdrant;

import dev.vectorhub.api.pipeline.DeclaresOperation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares that a resource method of the tenant API answers anybody, as Qdrant does: it tells nothing of any tenant. */
@Documented
@DeclaresOperation
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface PublicOperation {}
