package dev.vectorhub.engine.bench.work;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** The least that durable writing can cost: one thread appends all that waits, fsyncs once, and acknowledges it. */
final class BareLog implements AutoCloseable {
    /** Of no content: the last one. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(byte[] content, CompletableFuture<Void> done) {
        boolean isLast() {
            return content.length == 0;
        }
    }

    private static final Entry END = new Entry(new byte[0], new CompletableFuture<>());

    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>();
    private final FileChannel channel;
    private final Thread writer;

    BareLog(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        writer = Thread.ofPlatform().name("bare-log").start(this::write);
    }

    CompletableFuture<Void> append(byte[] content) {
        Entry entry = new Entry(content, new CompletableFuture<>());
        waiting.add(entry);
        return entry.done();
    }

    private void write() {
        List<Entry> group = new ArrayList<>();
        try {
            while (true) {
                group.clear();
                group.add(waiting.take());
                waiting.drainTo(group);
                for (Entry entry : group) {
                    ByteBuffer content = ByteBuffer.wrap(entry.content());
                    while (content.hasRemaining()) {
                        channel.write(content);
                    }
                }
                channel.force(false);
                for (Entry entry : group) {
                    entry.done().complete(null);
                }
                if (group.getLast().isLast()) {
                    return;
                }
            }
        } catch (IOException | InterruptedException e) {
            group.forEach(entry -> entry.done().completeExceptionally(e));
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        waiting.add(END);
        writer.join();
        channel.close();
    }
}
