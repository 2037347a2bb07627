package org.postbag.enquiries;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.normalising.Attachment;
import org.postbag.normalising.Automatic;
import org.postbag.normalising.Claim;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Message;
import org.postbag.normalising.Normaliser;
import org.postbag.normalising.Party;
import org.postbag.normalising.Readers;
import org.postbag.normalising.Reading;
import org.postbag.normalising.Sender;
import org.postbag.normalising.Telephone;
import org.postbag.normalising.Unreadable;
import org.postbag.receiving.Arrival;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Direction;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.RawStore;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.ReceiptId;

/**
 * Items for tests of filing alone: what one says is given as values, its raw bytes are their number, and the reader looks the values up. Reading real
 * items is tested where the readers are.
 */
final class TestItems implements RawStore, Normaliser {

    static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    volatile boolean away;
    private final Map<ReceiptId, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, Spec> specs = new ConcurrentHashMap<>();
    private final Set<ReceiptId> real = ConcurrentHashMap.newKeySet();
    private final Readers readers = new Readers(new Profiles(Path.of("profiles")));

    /** What an item says. */
    record Spec(Channel channel, Instant receivedAt, Direction direction, UnaryOperator<Message.Builder> says) {

        static Spec of(Channel channel, Instant at) {
            return new Spec(
                    channel,
                    at,
                    Direction.INBOUND,
                    message -> message.subject("Subject").text("Text").language("en"));
        }

        Message message() {
            return says.apply(Message.of(channel, direction)).build();
        }

        /** The same, of which more is said. */
        Spec and(UnaryOperator<Message.Builder> more) {
            return new Spec(channel, receivedAt, direction, message -> more.apply(says.apply(message)));
        }

        Spec from(@Nullable String name, @Nullable String email, @Nullable String telephone) {
            return and(message -> message.sender(new Sender(
                    name,
                    Optional.ofNullable(email).flatMap(EmailAddress::parse).orElse(null),
                    Optional.ofNullable(telephone).flatMap(Telephone::parse).orElse(null),
                    null,
                    null)));
        }

        Spec handle(String handle) {
            var before = message().sender();
            return and(message ->
                    message.sender(new Sender(before.name(), before.email(), before.telephone(), handle, null)));
        }

        Spec thread(@Nullable String key) {
            return and(message -> message.threadKey(key));
        }

        /** A mail that has this id and answers the others, the latest last. */
        Spec id(String messageId, String... references) {
            return and(message -> message.messageId(messageId).references(List.of(references)));
        }

        Spec automatic(@Nullable Automatic automatic) {
            return and(message -> message.automatic(automatic));
        }

        Spec saying(String subject, String text) {
            return and(message -> message.subject(subject).text(text));
        }

        Spec claiming(Claim... claims) {
            return and(message -> message.claims(List.of(claims)));
        }

        Spec with(String... files) {
            return and(message -> message.attachments(Stream.of(files)
                    .map(name -> new Attachment(name, "text/plain", new byte[3]))
                    .toList()));
        }

        Spec outboundTo(String... to) {
            return new Spec(
                    channel,
                    receivedAt,
                    Direction.OUTBOUND,
                    message -> says.apply(message)
                            .to(Stream.of(to).map(a -> new Party(a, null)).toList()));
        }
    }

    /** An item is stored and has its receipt. The same label is the same item. */
    Receipt item(String label, Spec spec) {
        var id = id(label);
        specs.put(id.hex(), spec);
        files.put(id, label.getBytes(UTF_8));
        return new Receipt(
                id,
                spec.channel(),
                spec.direction(),
                "test",
                spec.receivedAt(),
                label.length(),
                null,
                null,
                null,
                null);
    }

    /** An item as it really comes, read by the program's own readers. */
    Receipt raw(String label, Channel channel, Instant receivedAt, @Nullable String profile, byte[] content) {
        var id = id(label);
        specs.put(id.hex(), Spec.of(channel, receivedAt));
        real.add(id);
        files.put(id, content);
        return new Receipt(
                id, channel, Direction.INBOUND, "test", receivedAt, content.length, null, profile, null, null);
    }

    /** An item as a route hands it over, read by the program's own readers. */
    Receipt arrived(Arrival arrival, Instant receivedAt) {
        var id = id(new String(arrival.externalId(), ISO_8859_1));
        specs.put(id.hex(), Spec.of(arrival.channel(), receivedAt));
        real.add(id);
        files.put(id, arrival.content());
        return new Receipt(
                id,
                arrival.channel(),
                arrival.direction(),
                arrival.route(),
                receivedAt,
                arrival.size(),
                arrival.series() == null
                        ? null
                        : id("series " + arrival.series()).hex(),
                arrival.profile(),
                arrival.sourceFile(),
                arrival.sourceRow());
    }

    static ReceiptId id(String label) {
        try {
            return new ReceiptId(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(label.getBytes(UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Reading normalise(Receipt receipt, byte[] content) {
        if (real.contains(receipt.id())) {
            return readers.normalise(receipt, content);
        }
        var spec = specs.get(receipt.id().hex());
        if (spec == null) {
            return new Unreadable("empty", "There is nothing in it.");
        }
        var message = spec.message();
        return switch (String.valueOf(message.subject())) {
            case "unreadable" -> new Unreadable("empty", "There is nothing in it.");
            case "reader fails" -> throw new IllegalStateException("as a mistake of ours would");
            case "nested too deeply" -> throw new StackOverflowError();
            case "takes all memory" -> throw new OutOfMemoryError("as an item that is too much would");
            default -> message;
        };
    }

    @Override
    public Optional<Stored> item(ReceiptId id, Channel channel) throws IOException {
        if (away) {
            throw new IOException("The store is away");
        }
        return Optional.ofNullable(files.get(id))
                .flatMap(content -> receipt(id, channel).map(receipt -> new Stored(receipt, content)));
    }

    @Override
    public Placed place(Receipt receipt, byte[] content) {
        return new Placed(receipt, Path.of(receipt.id().hex()), files.putIfAbsent(receipt.id(), content) == null);
    }

    @Override
    public List<Receipt> settle(List<Placed> placed) {
        return placed.stream().map(Placed::receipt).toList();
    }

    @Override
    public Optional<Receipt> receipt(ReceiptId id, Channel channel) {
        return Optional.ofNullable(specs.get(id.hex()))
                .map(s ->
                        new Receipt(id, s.channel(), s.direction(), "test", s.receivedAt(), 1, null, null, null, null));
    }

    @Override
    public void erase(ReceiptId id, Channel channel) throws IOException {
        if (away) {
            throw new IOException("The store is away");
        }
        files.remove(id);
    }

    @Override
    public List<ReceiptId> ids(Channel channel, LocalDate day) {
        return List.copyOf(files.keySet());
    }

    @Override
    public List<LocalDate> days(Channel channel) {
        return specs.values().stream()
                .map(s -> s.receivedAt().atZone(ZoneOffset.UTC).toLocalDate())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public Stream<Receipt> list(Channel channel, LocalDate day) {
        return files.keySet().stream().flatMap(id -> receipt(id, channel).stream());
    }

    /** Another program over the same store: it has all that this one has. */
    void handTo(TestItems other) {
        other.files.putAll(files);
        other.specs.putAll(specs);
        other.real.addAll(real);
    }

    boolean has(ReceiptId id) {
        return files.containsKey(id);
    }
}
