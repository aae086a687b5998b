/**
 * gRPC messages in the form of REST's bodies, so that one reader gives both their meaning, bounds and errors. What is large
 * or asked for often has a way of its own beside it.
 */
@NullMarked
package dev.vectorhub.api.grpc.form;

import org.jspecify.annotations.NullMarked;
