/** Random questions asked over REST and over gRPC, and answered by looking at every point. */
@org.jspecify.annotations.NullMarked
package dev.vectorhub.api.agree;
