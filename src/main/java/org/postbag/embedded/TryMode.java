package org.postbag.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.postbag.receiving.Doors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Try mode's mailbox, and its sample day, fed in through the real channels once everything runs. */
@Configuration(proxyBeanMethods = false)
@Profile("try & !command")
class TryMode {

    private static final Logger LOG = LoggerFactory.getLogger(TryMode.class);

    /** Its address is given to the mail route as settings of the last resort: a route may be pointed at another mailbox. */
    @Bean
    MailServer mailServer(
            DataFolder data,
            ConfigurableEnvironment environment,
            @Value("${postbag.try.smtp-port:3025}") int smtpPort,
            @Value("${postbag.try.imap-port:3143}") int imapPort)
            throws IOException {
        var server = MailServer.start(data.resolve("mailbox"), smtpPort, imapPort);
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "try-mailbox",
                        Map.of(
                                "postbag.mail.protocol",
                                "imap",
                                "postbag.mail.host",
                                "127.0.0.1",
                                "postbag.mail.port",
                                Integer.toString(server.imapPort()),
                                "postbag.mail.username",
                                MailServer.ADDRESS,
                                "postbag.mail.password",
                                server.password(),
                                "postbag.mail.poll-milliseconds",
                                "500")));
        return server;
    }

    /** What platforms sign their calls with here, given to the routes likewise. It stays, so that a call can be signed by hand. */
    @Bean
    WebhookSecret webhookSecret(DataFolder data, ConfigurableEnvironment environment) throws IOException {
        var secret = WebhookSecret.of(data.resolve("webhook-secret"));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "try-webhooks",
                        Map.of(
                                "postbag.facebook.app-secrets",
                                secret.value(),
                                "postbag.facebook.verify-token",
                                secret.value(),
                                "postbag.x.webhook-secrets",
                                secret.value())));
        return secret;
    }

    @Bean
    Feeder feeder(
            DataFolder data,
            MailServer mailbox,
            WebhookSecret secret,
            ApplicationEventPublisher events,
            Doors doors,
            @Value("${postbag.try.samples:samples}") Path samples,
            @Value("${postbag.try.feed:true}") boolean feed) {
        return new Feeder(data, mailbox, secret, events, doors, samples, feed);
    }

    static final class Feeder {

        private final DataFolder data;
        private final MailServer mailbox;
        private final WebhookSecret secret;
        private final ApplicationEventPublisher events;
        private final Doors doors;
        private final Path samples;
        private final boolean feed;

        Feeder(
                DataFolder data,
                MailServer mailbox,
                WebhookSecret secret,
                ApplicationEventPublisher events,
                Doors doors,
                Path samples,
                boolean feed) {
            this.data = data;
            this.mailbox = mailbox;
            this.secret = secret;
            this.events = events;
            this.doors = doors;
            this.samples = samples;
            this.feed = feed;
        }

        @EventListener
        void feed(ApplicationReadyEvent ready) {
            var address = URI.create("http://localhost:"
                    + ready.getApplicationContext().getEnvironment().getProperty("local.server.port"));
            var folders = data.resolve("in");
            var problem = "";
            int fed = 0;
            if (feed) {
                try {
                    fed = new SampleDay(samples, data.resolve("."))
                            .feedOnce(new SampleDay.Doors(
                                    "127.0.0.1",
                                    mailbox.smtpPort(),
                                    MailServer.ADDRESS,
                                    URI.create(address.toString().replace("localhost", "127.0.0.1")),
                                    note -> doors.handIn("by-hand", note).isPresent(),
                                    folders,
                                    secret.value()));
                } catch (IOException notNow) {
                    LOG.warn("The sample day was not fed in whole: it is tried again at the next start", notNow);
                    problem = String.valueOf(notNow.getMessage());
                }
            }
            events.publishEvent(new TryModeReady(
                    address,
                    fed,
                    problem,
                    mailbox.smtpPort(),
                    MailServer.ADDRESS,
                    folders.resolve("telephone"),
                    folders.resolve("letters")));
        }
    }
}
