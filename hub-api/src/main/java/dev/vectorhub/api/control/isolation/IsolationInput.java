package dev.vectorhub.api.control.isolation;

import dev.vectorhub.tenant.IsolationMode;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Another isolation. */
@Schema(name = "IsolationInput")
public record IsolationInput(
        @NotNull IsolationMode isolation,
        @NotBlank @Size(max = 1000) String reason) {}
