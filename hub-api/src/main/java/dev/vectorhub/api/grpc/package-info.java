/** The tenant API over gRPC: Qdrant's services on a port of their own, in front of the same operations as REST. */
@NullMarked
package dev.vectorhub.api.grpc;

import org.jspecify.annotations.NullMarked;
