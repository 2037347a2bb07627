package org.postbag.backlog;

import java.util.Arrays;
import java.util.Optional;
import org.postbag.receiving.Channel;

/** What a backlog is of. */
public enum What {
    MAIL("mail", Channel.EMAIL),
    CALLS("calls", Channel.TELEPHONE),
    CONTACTS("contacts", Channel.PUBLIC_REGISTER);

    private final String code;
    private final Channel channel;

    What(String code, Channel channel) {
        this.code = code;
        this.channel = channel;
    }

    /** The word on the command line and in the API. */
    public String code() {
        return code;
    }

    public Channel channel() {
        return channel;
    }

    public static Optional<What> of(String code) {
        return Arrays.stream(values()).filter(what -> what.code.equals(code)).findFirst();
    }
}
