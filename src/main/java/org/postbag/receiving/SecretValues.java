package org.postbag.receiving;

/**
 * What a route's secrets stand for. A route, and so Camel, holds only the name of a secret ({@code {{secret:NAME}}} becomes a handle that says nothing); whoever
 * signs in by it asks here, each time, and keeps the answer no longer than it takes. So a secret stands in no endpoint, no management bean and no dump of a
 * route's settings, and one that was changed holds from the next sign-in on.
 */
public interface SecretValues {

    /** What a handle begins with; the secret's name follows. */
    String HANDLE = "postbag-secret:";

    /** Where there are no secrets: settings are what they say. */
    SecretValues NONE = name -> {
        throw new NoSuchSecret(name);
    };

    /** @throws NoSuchSecret if no source has a secret of that name */
    String secret(String name);

    /** What a setting says: where it is a handle, the secret; else, as where routes name a setting of the program, itself. */
    default String reveal(String setting) {
        return setting.startsWith(HANDLE) ? secret(setting.substring(HANDLE.length())) : setting;
    }

    /** Nobody gave a secret of that name. Its message may be shown. */
    final class NoSuchSecret extends RuntimeException {

        private static final long serialVersionUID = 1;

        public NoSuchSecret(String name) {
            super("there is no secret " + name
                    + "; give it on the page Secrets of Routes, or as docs/operating.md says");
        }
    }
}
