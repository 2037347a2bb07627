package org.postbag.receiving.mailbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.postbag.receiving.SourceLook;

/** Sockets of a look, which closes them where it is given up: a server may say one byte now and then for ever. */
final class TrackedSockets {

    private TrackedSockets() {}

    static SocketFactory plain(SourceLook look) {
        return new Plain(look);
    }

    static SSLSocketFactory encrypted(SSLSocketFactory made, SourceLook look) {
        return new Encrypted(made, look);
    }

    private static Socket tracked(Socket socket, SourceLook look) {
        look.closes(socket);
        return socket;
    }

    private static final class Plain extends SocketFactory {

        private final SocketFactory made = SocketFactory.getDefault();
        private final SourceLook look;

        Plain(SourceLook look) {
            this.look = look;
        }

        @Override
        public Socket createSocket() throws IOException {
            return tracked(made.createSocket(), look);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return tracked(made.createSocket(host, port), look);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress here, int from) throws IOException {
            return tracked(made.createSocket(host, port, here, from), look);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return tracked(made.createSocket(host, port), look);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress here, int from) throws IOException {
            return tracked(made.createSocket(host, port, here, from), look);
        }
    }

    private static final class Encrypted extends SSLSocketFactory {

        private final SSLSocketFactory made;
        private final SourceLook look;

        Encrypted(SSLSocketFactory made, SourceLook look) {
            this.made = made;
            this.look = look;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return made.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return made.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket() throws IOException {
            return tracked(made.createSocket(), look);
        }

        @Override
        public Socket createSocket(Socket over, String host, int port, boolean autoClose) throws IOException {
            return tracked(made.createSocket(over, host, port, autoClose), look);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return tracked(made.createSocket(host, port), look);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress here, int from) throws IOException {
            return tracked(made.createSocket(host, port, here, from), look);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return tracked(made.createSocket(host, port), look);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress here, int from) throws IOException {
            return tracked(made.createSocket(host, port, here, from), look);
        }
    }
}
