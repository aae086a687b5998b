package dev.vectorhub.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/**
 * The model all-MiniLM-L6-v2, quantised to bytes, in ONNX Runtime: the mean of its output over the tokens, of length one.
 *
 * <p>A run has one text. The model's quantisation scales activations by the largest of a run, so a text among others would
 * get another vector than alone; and on one thread a batch saves nothing, while it pads.
 *
 * <p>Many threads may run it; each run computes on its own thread alone.
 */
final class MiniLm implements AutoCloseable {
    /** Components of a vector. */
    static final int SIZE = 384;

    private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ThreadLocal<Inputs> inputs = ThreadLocal.withInitial(Inputs::new);

    private MiniLm(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    /** @throws OrtException where the runtime cannot load the model on this machine */
    static MiniLm load() throws IOException, OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (InputStream in = resource(MODEL);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            return new MiniLm(environment, environment.createSession(in.readAllBytes(), options));
        }
    }

    static WordPiece tokenizer() throws IOException {
        try (InputStream in = resource(TOKENIZER)) {
            return new WordPiece(Vocabulary.read(in));
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = MiniLm.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("the model's file " + name + " is not on the class path");
        }
        return in;
    }

    /** What a thread's runs read from. */
    private static final class Inputs {
        private final LongBuffer tokens = longs();
        private final LongBuffer attention = longs();
        private final LongBuffer types = longs();

        Inputs() {
            for (int i = 0; i < WordPiece.TOKENS_MAX; i++) {
                attention.put(i, 1);
            }
        }

        private static LongBuffer longs() {
            return ByteBuffer.allocateDirect(WordPiece.TOKENS_MAX * Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
        }
    }

    /** The vector of a text that {@link WordPiece} has taken apart. */
    float[] embed(int[] tokens) throws OrtException {
        Inputs mine = inputs.get();
        for (int i = 0; i < tokens.length; i++) {
            mine.tokens.put(i, tokens[i]);
        }
        long[] shape = {1, tokens.length};
        try (OnnxTensor ids = tensor(mine.tokens, shape);
                OnnxTensor attention = tensor(mine.attention, shape);
                OnnxTensor types = tensor(mine.types, shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", attention, "token_type_ids", types))) {
            return pooled(((OnnxTensor) result.get(0)).getFloatBuffer(), tokens.length);
        }
    }

    private OnnxTensor tensor(LongBuffer values, long[] shape) throws OrtException {
        return OnnxTensor.createTensor(environment, values.slice(0, (int) shape[1]), shape);
    }

    private static float[] pooled(FloatBuffer rows, int count) {
        double[] sums = new double[SIZE];
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < SIZE; i++) {
                sums[i] += rows.get(row * SIZE + i);
            }
        }
        double squares = 0;
        for (double sum : sums) {
            squares += sum * sum;
        }
        double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
        float[] vector = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            vector[i] = (float) (sums[i] * scale);
        }
        return vector;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the model's session does not close", e);
        }
    }
}
