package org.postbag;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/** A free port for a server that is stopped and started again by a test. */
public final class FreePort {

    private static final int MIN = 20_000;
    private static final int COUNT = 10_000;

    private FreePort() {}

    /** Below those that systems give to outgoing connections, so that nobody takes it between a stop and the next start. */
    public static int any() throws IOException {
        var random = new Random();
        while (true) {
            try (var socket = new ServerSocket(MIN + random.nextInt(COUNT), 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // another one, then
            }
        }
    }
}
