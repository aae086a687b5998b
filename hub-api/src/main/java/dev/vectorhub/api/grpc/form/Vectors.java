package dev.vectorhub.api.grpc.form;

import com.fasterxml.jackson.core.JsonGenerator;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.Document;
import io.qdrant.client.grpc.Points.Image;
import io.qdrant.client.grpc.Points.InferenceObject;
import io.qdrant.client.grpc.Points.MultiDenseVector;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorInput;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Vectors of every kind, and what stands in their place in a query: an id, or text to embed. */
final class Vectors {

    private Vectors() {}

    static void write(JsonGenerator out, VectorInput input) throws IOException {
        switch (input.getVariantCase()) {
            case ID -> Ids.write(out, input.getId());
            case DENSE -> dense(out, input.getDense().getDataList());
            case SPARSE -> sparse(out, input.getSparse());
            case MULTI_DENSE -> multi(out, input.getMultiDense());
            case DOCUMENT -> document(out, input.getDocument());
            case IMAGE -> image(out, input.getImage());
            case OBJECT -> object(out, input.getObject());
            case VARIANT_NOT_SET -> out.writeNull();
        }
    }

    /** Older clients fill the fields in front of the choice: numbers, with indices or a number of vectors. */
    @SuppressWarnings("deprecation")
    static void write(JsonGenerator out, Vector vector) throws IOException {
        switch (vector.getVectorCase()) {
            case DENSE -> dense(out, vector.getDense().getDataList());
            case SPARSE -> sparse(out, vector.getSparse());
            case MULTI_DENSE -> multi(out, vector.getMultiDense());
            case DOCUMENT -> document(out, vector.getDocument());
            case IMAGE -> image(out, vector.getImage());
            case OBJECT -> object(out, vector.getObject());
            case VECTOR_NOT_SET -> {
                if (vector.hasIndices()) {
                    sparse(out, vector.getIndices().getDataList(), vector.getDataList());
                } else if (vector.hasVectorsCount() && vector.getVectorsCount() > 0) {
                    flat(out, vector.getDataList(), vector.getVectorsCount());
                } else {
                    dense(out, vector.getDataList());
                }
            }
        }
    }

    static void dense(JsonGenerator out, List<Float> data) throws IOException {
        out.writeStartArray();
        for (float component : data) {
            out.writeNumber(component);
        }
        out.writeEndArray();
    }

    private static void sparse(JsonGenerator out, SparseVector vector) throws IOException {
        sparse(out, vector.getIndicesList(), vector.getValuesList());
    }

    static void sparse(JsonGenerator out, List<Integer> indices, List<Float> values) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("indices");
        for (int index : indices) {
            out.writeNumber(Integer.toUnsignedLong(index));
        }
        out.writeEndArray();
        out.writeFieldName("values");
        dense(out, values);
        out.writeEndObject();
    }

    private static void multi(JsonGenerator out, MultiDenseVector vector) throws IOException {
        out.writeStartArray();
        for (DenseVector row : vector.getVectorsList()) {
            dense(out, row.getDataList());
        }
        out.writeEndArray();
    }

    /** Rows of equal length after each other. */
    private static void flat(JsonGenerator out, List<Float> data, int rows) throws IOException {
        int size = Math.max(1, Math.ceilDiv(data.size(), rows));
        out.writeStartArray();
        for (int from = 0; from < data.size(); from += size) {
            dense(out, data.subList(from, Math.min(from + size, data.size())));
        }
        out.writeEndArray();
    }

    private static void document(JsonGenerator out, Document document) throws IOException {
        out.writeStartObject();
        out.writeStringField("text", document.getText());
        model(out, document.getModel(), document.getOptionsMap());
    }

    private static void image(JsonGenerator out, Image image) throws IOException {
        out.writeStartObject();
        out.writeFieldName("image");
        Values.write(out, image.getImage());
        model(out, image.getModel(), image.getOptionsMap());
    }

    private static void object(JsonGenerator out, InferenceObject object) throws IOException {
        out.writeStartObject();
        out.writeFieldName("object");
        Values.write(out, object.getObject());
        model(out, object.getModel(), object.getOptionsMap());
    }

    private static void model(JsonGenerator out, String model, Map<String, Value> options) throws IOException {
        out.writeStringField("model", model);
        if (!options.isEmpty()) {
            Values.write(out, "options", options);
        }
        out.writeEndObject();
    }
}
