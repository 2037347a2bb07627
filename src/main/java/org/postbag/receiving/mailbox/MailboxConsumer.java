package org.postbag.receiving.mailbox;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Processor;
import org.apache.camel.component.mail.MailAuthenticator;
import org.apache.camel.component.mail.MailConfiguration;
import org.apache.camel.support.LoggingExceptionHandler;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;
import org.postbag.mail.AccessTokens;
import org.postbag.receiving.PolledSource;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.receiving.SourcePositions;
import org.postbag.receiving.SourceView;
import org.postbag.receiving.mailbox.Mailbox.Listed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what lies in a mailbox's folder, whatever its flags say, batch by batch until nothing is left. A batch is one exchange whose body is the list of
 * {@link FetchedMail}; once its route has ended well they are moved or, where they stay, how far the folder was read. Where it fails nothing of this is
 * done, and Camel polls again after a pause.
 */
final class MailboxConsumer extends ScheduledPollConsumer implements PolledSource {

    private static final Logger LOG = LoggerFactory.getLogger(MailboxConsumer.class);

    private final MailConfiguration settings;
    private final Session session;
    private final MailAuthenticator signIn;
    private final long mailBytesMax;
    private final Stuck stuck;
    private final Progress progress;
    private final MailboxSeen look;
    private @Nullable Mailbox mailbox;
    /** After a fault each mail is fetched alone, so that the one to blame is known and keeps none of the others up. */
    private boolean oneByOne;

    private boolean toldOfNoFolder;
    private volatile @Nullable String problem;

    MailboxConsumer(
            MailboxEndpoint endpoint,
            Processor processor,
            Session session,
            MailAuthenticator signIn,
            Clock clock,
            SourcePositions positions,
            long mailBytesMax) {
        super(endpoint, processor);
        this.settings = endpoint.getConfiguration();
        this.session = session;
        this.signIn = signIn;
        this.mailBytesMax = mailBytesMax;
        this.stuck = new Stuck(clock);
        this.progress = new Progress(positions, clock);
        this.look = new MailboxSeen(settings, clock);
        // What failed is logged below, without the message of the exception, which may hold what the server said.
        setExceptionHandler(
                new LoggingExceptionHandler(endpoint.getCamelContext(), MailboxConsumer.class, LoggingLevel.DEBUG));
    }

    @Override
    protected int poll() throws Exception {
        look.begins();
        try {
            var open = connected();
            open.open();
            forceConsumerAsReady();
            stuck.in(open.validity());
            int taken = 0;
            for (var batch : Batches.of(notStuck(listed(open)))) {
                taken += take(open, batch);
            }
            oneByOne = false;
            open.closeFolder();
            problem = null;
            look.ended(pause(1));
            return taken;
        } catch (SpecialFolders.NoSuchFolder none) {
            tellOfNoFolder();
            problem = null;
            look.ended(pause(1));
            return 0;
        } catch (Exception | OutOfMemoryError away) { // Whatever it is, the mails stay, and it is tried again.
            disconnect();
            if (!isTaking()) {
                return 0;
            }
            var words = MailboxProblem.words(away, signIn instanceof AccessTokens);
            problem = words;
            look.ended(pause(Math.max(1, getBackoffMultiplier())));
            LOG.warn(
                    "Route {} could not take the mail of {}, which stays there: {}",
                    getRouteId(),
                    settings.getMailStoreLogInformation(),
                    words);
            throw away;
        }
    }

    @Override
    public @Nullable String problem() {
        return problem;
    }

    @Override
    public @Nullable SourceView view() {
        return look.view();
    }

    private Duration pause(int polls) {
        return Duration.of(getDelay() * polls, getTimeUnit().toChronoUnit());
    }

    private void tellOfNoFolder() {
        if (!toldOfNoFolder) {
            LOG.warn(
                    "Route {} has nothing to read: no folder of the mailbox is for {}",
                    getRouteId(),
                    settings.getFolderName());
            toldOfNoFolder = true;
        }
    }

    private List<Listed> listed(Mailbox open) throws MessagingException {
        var mails = open.moves() ? open.list(1) : progress.unread(open, getRouteId());
        look.listed(open.validity(), mails.size(), open.moves() ? "" : Long.toString(progress.next()));
        return mails;
    }

    private boolean isTaking() {
        return isRunAllowed() && !isSuspendingOrSuspended();
    }

    private List<Listed> notStuck(List<Listed> mails) {
        return mails.stream().filter(mail -> !stuck.holds(mail.uid())).toList();
    }

    private int take(Mailbox open, List<Listed> batch) throws MessagingException {
        if (oneByOne && batch.size() > 1) {
            return takeOneByOne(open, batch);
        }
        if (!isTaking()) {
            return 0;
        }
        List<FetchedMail> mails;
        try {
            mails = open.fetchAsFar(batch, mailBytesMax);
            handOver(mails);
        } catch (MessagingException | RouteFailed fault) {
            oneByOne = true;
            if (batch.size() == 1) {
                stays(batch.getFirst(), "it could not be read or handed on");
            }
            if (!open.isOpen()) {
                throw fault;
            }
            return batch.size() == 1 ? 0 : takeOneByOne(open, batch);
        }
        if (!mails.isEmpty()) {
            var uids = mails.stream().map(FetchedMail::uid).toList();
            if (open.moves()) {
                open.move(uids);
            } else {
                progress.read(uids);
            }
            look.took(uids);
            LOG.info("Route {} took {} mails", getRouteId(), mails.size());
        }
        if (mails.size() < batch.size()) {
            leave(batch, mails);
        }
        return mails.size();
    }

    private int takeOneByOne(Mailbox open, List<Listed> batch) throws MessagingException {
        int taken = 0;
        for (Listed mail : batch) {
            taken += take(open, List.of(mail));
        }
        return taken;
    }

    private void leave(List<Listed> batch, List<FetchedMail> mails) {
        var fetched = mails.stream().map(FetchedMail::uid).collect(Collectors.toSet());
        batch.stream()
                .filter(mail -> !fetched.contains(mail.uid()))
                .forEach(mail -> stays(mail, "the server does not give it, or someone took it away"));
    }

    private void handOver(List<FetchedMail> mails) {
        if (mails.isEmpty()) {
            return;
        }
        var exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(mails);
            getProcessor().process(exchange);
        } catch (Exception failed) { // The processor throws whatever a step of the route throws.
            exchange.setException(failed);
        }
        var failure = exchange.getException();
        releaseExchange(exchange, false);
        if (failure instanceof ReceivingUnavailable away) {
            throw away;
        }
        if (failure != null) {
            throw new RouteFailed(failure);
        }
    }

    /** A step of the route failed at one of these mails. */
    private static final class RouteFailed extends RuntimeException {
        RouteFailed(Throwable cause) {
            super(cause);
        }
    }

    private Mailbox connected() throws MessagingException {
        var open = mailbox;
        if (open == null || !open.isConnected()) {
            disconnect();
            open = Mailbox.connect(session, settings, signIn);
            mailbox = open;
        }
        return open;
    }

    private void stays(Listed mail, String reason) {
        stuck.add(mail.uid());
        if (settings.getMoveTo() == null) {
            progress.stays(mail.uid());
        }
        LOG.warn(
                "Route {} leaves the mail of UID {} in {}: {}. Staff should look at it there",
                getRouteId(),
                mail.uid(),
                settings.getFolderName(),
                reason);
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        disconnect();
    }

    private synchronized void disconnect() {
        var open = mailbox;
        mailbox = null;
        if (open != null) {
            try {
                open.close();
            } catch (MessagingException gone) {
                LOG.debug("The connection of route {} was gone", getRouteId());
            }
        }
    }
}
