package dev.vectorhub.api.grpc;

import dev.vectorhub.api.pipeline.TenantCall;

/** Answers an admitted request. Runs on a worker and may block; what it throws becomes the call's status. */
interface UnaryHandler<Q, R> {
    R answer(TenantCall call, Q request);
}
