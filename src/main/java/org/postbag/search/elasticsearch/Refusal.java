package org.postbag.search.elasticsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorResponse;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import java.io.IOException;
import org.postbag.search.Trouble;

/** Elasticsearch answered, but did not do what it was asked. Its own words are left out: they may repeat a document. */
final class Refusal extends IOException {

    private static final long serialVersionUID = 1;

    static final int BUSY = 429;

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final String BLOCKED = "cluster_block_exception";

    private final int status;

    private final String type;

    private Refusal(int status, String type) {
        super(message(status, type));
        this.status = status;
        this.type = type;
    }

    static Refusal of(int status, String type) {
        return new Refusal(status, type);
    }

    private static Refusal of(ElasticsearchException e) {
        return of(e.response());
    }

    static Refusal of(ErrorResponse answer) {
        var type = answer.error() == null ? null : answer.error().type();
        return of(answer.status(), type == null ? "" : type);
    }

    interface Asking<T> {
        T ask() throws IOException;
    }

    /** Asks, and tells a refusal as the fault of a server that it is. */
    static <T> T told(Asking<T> asking) throws IOException {
        try {
            return asking.ask();
        } catch (ElasticsearchException e) {
            throw of(e);
        } catch (ResponseException notReadable) {
            throw of(notReadable.getResponse().getStatusCode(), "");
        }
    }

    boolean isMissing() {
        return status == NOT_FOUND;
    }

    /** Whether it was for who asked. */
    boolean isOfWho() {
        return status == UNAUTHORIZED || status == FORBIDDEN && !isBlock();
    }

    /** Whether the index takes no writes. A node that has only begun to start says so too, with another status. */
    private boolean isBlock() {
        return isBlock(status, type);
    }

    private static boolean isBlock(int status, String type) {
        return type.equals(BLOCKED) && status != UNAVAILABLE;
    }

    Trouble trouble() {
        if (isBlock()) {
            return status == BUSY ? Trouble.FULL : Trouble.READ_ONLY;
        }
        return isOfWho()
                ? Trouble.NOT_LET_IN
                : isGone() ? Trouble.AWAY : status == BUSY ? Trouble.SLOW : Trouble.FAILED;
    }

    /** Whether what was asked has no shard to answer from. */
    boolean isGone() {
        return isMissing() || status == UNAVAILABLE;
    }

    boolean isThereAlready() {
        return type.equals("resource_already_exists_exception");
    }

    /** Whether the same may be asked again soon. A full disk is no such thing. */
    boolean isBusy() {
        return status == BUSY && !isBlock();
    }

    private static String message(int status, String type) {
        if (isBlock(status, type)) {
            return "Elasticsearch takes no writes: its disk is full, or it was made read-only";
        }
        return switch (status) {
            case UNAUTHORIZED -> "Elasticsearch does not know the key or password";
            case FORBIDDEN -> "Elasticsearch does not let this key or user do that (" + type + ")";
            case BUSY -> "Elasticsearch has too much to do (" + type + ")";
            default -> "Elasticsearch answered " + status + " (" + type + ")";
        };
    }
}
