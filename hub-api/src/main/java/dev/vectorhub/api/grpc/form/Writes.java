package dev.vectorhub.api.grpc.form;

import io.qdrant.client.grpc.Points.ClearPayloadPoints;
import io.qdrant.client.grpc.Points.DeletePayloadPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.SetPayloadPoints;

/** Writes that carry no vectors. */
public final class Writes {

    private Writes() {}

    public static byte[] of(DeletePoints delete) {
        return Form.object(out -> {
            Selections.points(out, delete.getPoints());
            Selections.shard(out, delete.hasShardKeySelector(), delete.getShardKeySelector());
        });
    }

    public static byte[] of(SetPayloadPoints set) {
        return Form.object(out -> {
            Values.write(out, "payload", set.getPayloadMap());
            Selections.points(out, set.getPointsSelector());
            if (set.hasKey()) {
                out.writeStringField("key", set.getKey());
            }
            Selections.shard(out, set.hasShardKeySelector(), set.getShardKeySelector());
        });
    }

    public static byte[] of(DeletePayloadPoints delete) {
        return Form.object(out -> {
            Form.strings(out, "keys", delete.getKeysList());
            Selections.points(out, delete.getPointsSelector());
            Selections.shard(out, delete.hasShardKeySelector(), delete.getShardKeySelector());
        });
    }

    public static byte[] of(ClearPayloadPoints clear) {
        return Form.object(out -> {
            Selections.points(out, clear.getPoints());
            Selections.shard(out, clear.hasShardKeySelector(), clear.getShardKeySelector());
        });
    }
}
