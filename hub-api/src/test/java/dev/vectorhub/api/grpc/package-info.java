@org.jspecify.annotations.NullMarked
package dev.vectorhub.api.grpc;
