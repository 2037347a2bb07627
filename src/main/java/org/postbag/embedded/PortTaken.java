package org.postbag.embedded;

import java.io.IOException;

/** Another program listens on a port that a setting names. */
class PortTaken extends IOException {

    private static final long serialVersionUID = 1L;

    private final int port;
    private final String setting;

    PortTaken(int port, String setting, Throwable cause) {
        super("Port " + port + " is taken. Choose another with --" + setting + "=PORT", cause);
        this.port = port;
        this.setting = setting;
    }

    int port() {
        return port;
    }

    String setting() {
        return setting;
    }
}
