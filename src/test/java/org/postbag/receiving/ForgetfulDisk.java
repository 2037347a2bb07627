package org.postbag.receiving;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory that loses its power at a given call, as hard as POSIX lets it: what a file holds survives only up to its last fsync, and of
 * what came after it some part may; a name survives only where its folder was fsynced since it was given or taken, and otherwise may or may not.
 */
final class ForgetfulDisk implements Disk {

    /** The power is gone: nothing of this call, nor of a later one, is done. */
    static final class PowerLost extends IOException {}

    /** Is there from the first, durably. */
    static final Path FOLDER = Path.of("raw");

    /** Whether it keeps what it was told to fsync: a test that passes on one that lies would prove nothing. */
    enum Honest {
        ALWAYS,
        ABOUT_FILES,
        ABOUT_FOLDERS
    }

    private static final class Node {
        final @Nullable Map<String, Node> names;
        byte[] bytes = new byte[0];
        Map<String, Node> durableNames = Map.of();
        byte[] durableBytes = new byte[0];

        Node(boolean folder) {
            this.names = folder ? new HashMap<>() : null;
        }

        Map<String, Node> children() {
            return Objects.requireNonNull(names);
        }
    }

    private final Random random;
    private final Honest honest;
    private final Node root = new Node(true);
    private int callsLeft = Integer.MAX_VALUE;

    ForgetfulDisk(Random random, Honest honest) {
        this.random = random;
        this.honest = honest;
        root.children().put(name(FOLDER), new Node(true));
        root.durableNames = Map.copyOf(root.children());
    }

    synchronized void losePowerAfter(int calls) {
        callsLeft = calls;
    }

    synchronized boolean isPowerLost() {
        return callsLeft < 0;
    }

    /** Comes up again with what was durable, and with whatever else luck kept. */
    synchronized void comeUpAgain() {
        callsLeft = Integer.MAX_VALUE;
        forget(root);
    }

    private void forget(Node node) {
        if (node.names == null) {
            if (!Arrays.equals(node.bytes, node.durableBytes)) {
                int luck = random.nextInt(3);
                node.bytes = luck == 0
                        ? node.durableBytes
                        : luck == 1 ? node.bytes : Arrays.copyOf(node.bytes, random.nextInt(node.bytes.length + 1));
            }
            node.durableBytes = node.bytes;
            return;
        }
        var after = new HashMap<>(node.durableNames);
        node.names.forEach((name, child) -> {
            if (!after.containsKey(name) && random.nextBoolean()) {
                after.put(name, child);
            }
        });
        after.keySet().removeIf(name -> !node.children().containsKey(name) && random.nextBoolean());
        node.names.clear();
        node.names.putAll(after);
        node.durableNames = Map.copyOf(after);
        node.names.values().forEach(this::forget);
    }

    @Override
    public synchronized boolean exists(Path file) {
        return find(file) != null;
    }

    @Override
    public synchronized InputStream open(Path file) throws IOException {
        return new ByteArrayInputStream(existing(file).bytes);
    }

    @Override
    public synchronized List<String> list(Path folder) {
        var node = find(folder);
        return node == null ? List.of() : List.copyOf(node.children().keySet());
    }

    @Override
    public synchronized void makeFolder(Path folder) throws IOException {
        spend();
        parent(folder).children().computeIfAbsent(name(folder), absent -> new Node(true));
    }

    @Override
    public void write(Path file, Content content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        content.writeTo(bytes);
        synchronized (this) {
            spend();
            var node = new Node(false);
            node.bytes = bytes.toByteArray();
            if (parent(file).children().putIfAbsent(name(file), node) != null) {
                throw new FileAlreadyExistsException(file.toString());
            }
            spend();
            if (honest != Honest.ABOUT_FOLDERS) {
                node.durableBytes = node.bytes;
            }
        }
    }

    @Override
    public synchronized void link(Path file, Path name) throws IOException {
        spend();
        if (parent(name).children().putIfAbsent(name(name), existing(file)) != null) {
            throw new FileAlreadyExistsException(name.toString());
        }
    }

    @Override
    public synchronized Instant modified(Path file) throws IOException {
        existing(file);
        return Instant.EPOCH;
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        spend();
        parent(file).children().remove(name(file));
    }

    @Override
    public synchronized void fsyncFolder(Path folder) throws IOException {
        spend();
        var node = existing(folder);
        if (honest != Honest.ABOUT_FILES) {
            node.durableNames = Map.copyOf(node.children());
        }
    }

    private void spend() throws PowerLost {
        if (callsLeft < 0 || callsLeft-- == 0) {
            throw new PowerLost();
        }
    }

    private @Nullable Node find(Path path) {
        var node = root;
        for (Path name : path) {
            node = node == null || node.names == null ? null : node.names.get(name.toString());
        }
        return node;
    }

    private Node existing(Path path) throws NoSuchFileException {
        var node = find(path);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    private Node parent(Path path) throws NoSuchFileException {
        var parent = path.getParent();
        return parent == null ? root : existing(parent);
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
