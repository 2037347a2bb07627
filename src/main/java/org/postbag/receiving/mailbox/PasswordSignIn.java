package org.postbag.receiving.mailbox;

import jakarta.mail.PasswordAuthentication;
import org.apache.camel.component.mail.MailAuthenticator;
import org.postbag.receiving.SecretValues;

/** Signs in to a mailbox by a password that is asked for at each sign-in, and not kept. */
final class PasswordSignIn extends MailAuthenticator {

    private final String username;
    private final String password;
    private final SecretValues secrets;

    /** @param password it, or the handle of a secret */
    PasswordSignIn(String username, String password, SecretValues secrets) {
        this.username = username;
        this.password = password;
        this.secrets = secrets;
    }

    @Override
    public PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(username, secrets.reveal(password));
    }
}
