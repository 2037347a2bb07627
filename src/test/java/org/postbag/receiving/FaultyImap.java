package org.postbag.receiving;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Stands between a client and a real IMAP server, and does wrong by some commands. */
final class FaultyImap implements AutoCloseable {

    enum Fault {
        NONE,
        /** Answers NO, as a server does that fails at a message. */
        REFUSES,
        /** Goes away in the middle. */
        HANGS_UP
    }

    private final ServerSocket listening;
    private final int server;
    private final Function<String, Fault> faults;
    private final AtomicInteger commands = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param faults what is done by a line that the client sends */
    FaultyImap(int server, Function<String, Fault> faults) throws IOException {
        this.listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.server = server;
        this.faults = faults;
        threads.submit(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** How many commands were sent so far. */
    int commands() {
        return commands.get();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }

    private Void accept() throws IOException {
        while (!listening.isClosed()) {
            var client = listening.accept();
            threads.submit(() -> serve(client));
        }
        return null;
    }

    private Void serve(Socket client) throws IOException {
        try (client;
                var upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
            threads.submit(() -> copy(upstream.getInputStream(), client.getOutputStream()));
            var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                commands.incrementAndGet();
                switch (faults.apply(line)) {
                    case HANGS_UP -> {
                        return null;
                    }
                    case REFUSES ->
                        write(
                                client.getOutputStream(),
                                line.substring(0, line.indexOf(' ')) + " NO [SERVERBUG] failed");
                    case NONE -> write(upstream.getOutputStream(), line);
                }
            }
        }
        return null;
    }

    private static Void copy(InputStream from, OutputStream to) throws IOException {
        from.transferTo(to);
        return null;
    }

    private static void write(OutputStream to, String line) throws IOException {
        to.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        to.flush();
    }
}
