package org.postbag.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine's own address. */
public final class LoopbackPorts {

    /** Below what systems give to outgoing connections (Linux from 32768, RFC 6335 from 49152): one of those could take a port before its server has it. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 29_999;
    private static final int TRIES_MAX = 200;

    private LoopbackPorts() {}

    /**
     * One that is free at this moment.
     *
     * @throws BindException where hardly any is
     */
    public static int any() throws IOException {
        for (int tries = 1; ; tries++) {
            try (var socket = open(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1))) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                if (tries == TRIES_MAX) {
                    throw taken;
                }
            }
        }
    }

    /**
     * The port itself, or any for 0.
     *
     * @param setting the one that chooses it
     * @throws PortTaken if another program listens there
     */
    static int checked(int port, String setting) throws IOException {
        if (port == 0) {
            return any();
        }
        try (var socket = open(port)) {
            return socket.getLocalPort();
        } catch (BindException taken) {
            throw new PortTaken(port, setting, taken);
        }
    }

    private static ServerSocket open(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
    }
}
