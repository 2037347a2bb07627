package org.postbag.receiving.mailbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.SourceLook;

/**
 * Sockets of a look, which closes them where it is given up: a server may say one byte now and then for ever. Plain ones too come from an
 * {@link SSLSocketFactory}, which is a socket factory like others as long as nobody asks it to encrypt.
 */
final class TrackedSockets extends SSLSocketFactory {

    private final SocketFactory made;
    private final @Nullable SSLSocketFactory encrypting;
    private final SourceLook look;

    private TrackedSockets(SocketFactory made, @Nullable SSLSocketFactory encrypting, SourceLook look) {
        this.made = made;
        this.encrypting = encrypting;
        this.look = look;
    }

    static SocketFactory plain(SourceLook look) {
        return new TrackedSockets(SocketFactory.getDefault(), null, look);
    }

    static SSLSocketFactory encrypted(SSLSocketFactory made, SourceLook look) {
        return new TrackedSockets(made, made, look);
    }

    private Socket tracked(Socket socket) {
        look.closes(socket);
        return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return encrypting == null ? new String[0] : encrypting.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return encrypting == null ? new String[0] : encrypting.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(Socket over, String host, int port, boolean autoClose) throws IOException {
        if (encrypting == null) {
            throw new IOException("These sockets are plain");
        }
        return tracked(encrypting.createSocket(over, host, port, autoClose));
    }

    @Override
    public Socket createSocket() throws IOException {
        return tracked(made.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return tracked(made.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress here, int from) throws IOException {
        return tracked(made.createSocket(host, port, here, from));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return tracked(made.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress here, int from) throws IOException {
        return tracked(made.createSocket(host, port, here, from));
    }
}
