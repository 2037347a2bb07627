package org.postbag.receiving;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a client and a server, keeps what the client sends, and can cut the first connection half-way. */
final class WireTap implements AutoCloseable {

    private final ServerSocket listening;
    private final InetSocketAddress server;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final AtomicLong untilCut;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param cutAfterBytes of what the server sends, once; then nothing is cut any more */
    WireTap(InetAddress address, int serverPort, long cutAfterBytes) throws IOException {
        this.listening = new ServerSocket(0, 10, address);
        // Not from and to the same address: Dovecot takes that for a connection that needs no encryption.
        this.server = new InetSocketAddress("127.0.0.2", serverPort);
        this.untilCut = new AtomicLong(cutAfterBytes);
        threads.submit(() -> {
            while (!listening.isClosed()) {
                var client = listening.accept();
                threads.submit(() -> serve(client));
            }
            return null;
        });
    }

    static WireTap uncut(int serverPort) throws IOException {
        return new WireTap(InetAddress.getLoopbackAddress(), serverPort, Long.MAX_VALUE);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** All that clients have sent, a character a byte. */
    String sent() {
        synchronized (sent) {
            return sent.toString(StandardCharsets.ISO_8859_1);
        }
    }

    boolean hasCut() {
        return untilCut.get() <= 0;
    }

    private Void serve(Socket client) throws IOException {
        try (client;
                var upstream =
                        new Socket(server.getAddress(), server.getPort(), InetAddress.getByName("127.0.0.1"), 0)) {
            threads.submit(() -> {
                try (client;
                        upstream) {
                    var buffer = new byte[8192];
                    for (int n = upstream.getInputStream().read(buffer); n >= 0; ) {
                        client.getOutputStream().write(buffer, 0, n);
                        long before = untilCut.getAndAdd(-n);
                        if (before > 0 && before <= n) {
                            return null;
                        }
                        n = upstream.getInputStream().read(buffer);
                    }
                }
                return null;
            });
            var buffer = new byte[8192];
            for (int n = client.getInputStream().read(buffer);
                    n >= 0;
                    n = client.getInputStream().read(buffer)) {
                synchronized (sent) {
                    sent.write(buffer, 0, n);
                }
                upstream.getOutputStream().write(buffer, 0, n);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
