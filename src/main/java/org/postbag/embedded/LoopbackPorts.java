package org.postbag.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of this machine's own address. */
final class LoopbackPorts {

    private LoopbackPorts() {}

    /** So many ports that are free at this moment, each another. */
    static List<Integer> free(int count) throws IOException {
        var ports = new ArrayList<Integer>(count);
        var held = new ArrayList<ServerSocket>(count);
        try {
            while (held.size() < count) {
                var socket = open(0);
                held.add(socket);
                ports.add(socket.getLocalPort());
            }
        } finally {
            for (var socket : held) {
                socket.close();
            }
        }
        return ports;
    }

    /**
     * The port itself, or any for 0.
     *
     * @param setting the one that chooses it
     * @throws PortTaken if another program listens there
     */
    static int checked(int port, String setting) throws IOException {
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
