/** Bodies and messages that are wrong in some way, made from the schemas of Qdrant's API and of its gRPC services. */
@org.jspecify.annotations.NullMarked
package dev.vectorhub.api.malformed;
