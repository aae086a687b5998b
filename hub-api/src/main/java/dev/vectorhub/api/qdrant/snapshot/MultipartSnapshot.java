package dev.vectorhub.api.qdrant.snapshot;

import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.snapshot.SnapshotUpload;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A form with one file named {@code snapshot}, taken from the stream to the disk piece by piece. */
final class MultipartSnapshot {

    private static final String FIELD = "snapshot";
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int FIELDS_MAX = 8;
    private static final int HEADER_BYTES_MAX = 1 << 17;

    private MultipartSnapshot() {}

    /**
     * Reads the form to its end.
     *
     * @throws TenantApiException 400 for a form that is none, or has no such file
     * @throws ProblemException {@code quota-exceeded} for a file that is larger than the tenant may store
     */
    static void receive(InputStream body, @Nullable String contentType, SnapshotUpload upload) throws IOException {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the snapshot as a file in a multipart/form-data form");
        }
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        DefaultHttpDataFactory files = new DefaultHttpDataFactory(true);
        files.setBaseDir(upload.folder().toString());
        files.setDeleteOnExit(false);
        files.setMaxLimit(upload.bytesMax());
        HttpPostMultipartRequestDecoder decoder = null;
        try {
            decoder = new HttpPostMultipartRequestDecoder(
                    files, request, StandardCharsets.UTF_8, FIELDS_MAX, HEADER_BYTES_MAX);
            feed(decoder, body, upload);
            take(decoder, upload);
        } catch (HttpPostRequestDecoder.ErrorDataDecoderException
                | HttpPostRequestDecoder.TooManyFormFieldsException
                | HttpPostRequestDecoder.TooLongFormFieldException e) {
            throw e.getCause() instanceof IOException ? upload.tooLarge() : malformed("the form is malformed");
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
            files.cleanAllHttpData();
        }
    }

    private static void feed(HttpPostMultipartRequestDecoder decoder, InputStream body, SnapshotUpload upload)
            throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        // The form around the file is small; what only looks like one must not be read for ever.
        long left = upload.bytesMax() + HEADER_BYTES_MAX;
        for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
            left -= read;
            if (left < 0) {
                throw upload.tooLarge();
            }
            decoder.offer(new DefaultHttpContent(Unpooled.wrappedBuffer(chunk, 0, read)));
        }
        decoder.offer(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private static void take(HttpPostMultipartRequestDecoder decoder, SnapshotUpload upload) throws IOException {
        if (decoder.getBodyHttpData(FIELD) instanceof FileUpload file && file.isCompleted()) {
            Files.move(file.getFile().toPath(), upload.file(), StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        throw malformed("the form has no file named `" + FIELD + "`");
    }

    private static TenantApiException malformed(String what) {
        return TenantApiException.wrongInput(what + "; send the snapshot as the file `" + FIELD + "` of a form");
    }
}
