package org.postbag.console.mapping;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Profile;

/** What a column may be, by channel: our fields in people's words. */
final class Fields {

    /**
     * One of our fields.
     *
     * @param code as profiles write it
     * @param label in people's words
     * @param hint what belongs there
     * @param required whether nothing can be filed without it
     * @param names what exports call it, in small letters: English and Welsh
     */
    record One(String code, String label, String hint, boolean required, List<String> names) {}

    private static final One WHEN = new One(
            "when",
            "Date and time",
            "when the call or message was; two columns, one for the day and one for the time, are joined",
            true,
            names("""
                    date, day, time, call date, call time, date and time, start, started, start time, sent, sent at, created, created at,
                    timestamp, received, datetime, call start, date of call, time of call, dyddiad, amser
                    """));
    private static final One NAME =
            new One("name", "Name", "who called or wrote; several columns are joined", false, names("""
                    name, caller name, caller, full name, first name, surname, last name, customer name, contact name, customer, author,
                    author name, participant name, enw, enw cyntaf, cyfenw
                    """));
    private static final One TOPIC = new One("topic", "Topic", "what it was about, in a word", false, names("""
                    topic, subject, category, reason, enquiry type, query type, wrap-up code, tags, pwnc
                    """));
    private static final One DIRECTION = new One(
            "direction",
            "Direction",
            "a word that says whether they came to us or we to them",
            false,
            names("direction, in/out, call direction, inbound/outbound"));
    private static final One RECIPIENT = new One(
            "recipient",
            "To whom",
            "the number or account that was called or written to",
            false,
            names("recipient, to, called number, dialled, dialled number, destination, recipient id"));
    private static final One NUMBER = new One("number", "Telephone number", "that they called from", false, names("""
                    number, caller number, phone, telephone, phone number, telephone number, cli, ani, caller id, calling number, from,
                    mobile, contact number, rhif ffôn, office telephone
                    """));
    private static final One POSTCODE = new One(
            "postcode",
            "Postcode",
            "where they live",
            false,
            names("postcode, post code, zip, cod post, office postcode"));
    private static final One ORGANISATION = new One(
            "organisation",
            "Organisation",
            "that they belong to",
            false,
            names("organisation, organization, company, employer, party, council, sefydliad"));
    private static final One LOCATION = new One(
            "location",
            "Place",
            "a town, region or constituency",
            false,
            names("location, place, town, city, region, constituency, area, nation"));
    private static final One EMAIL = new One(
            "email",
            "Email address",
            "theirs",
            false,
            names("email, e-mail, email address, e-mail address, mail, e-bost"));
    private static final One PLATFORM = new One(
            "platform", "Platform", "facebook, x and so on", false, names("platform, network, channel, source"));

    private static final List<One> CALLS = List.of(
            WHEN,
            new One(
                    "callId",
                    "Number of the call",
                    "what the contact centre calls this call: with it, a row that comes again is known",
                    false,
                    names("""
                    call id, id, reference, call reference, call ref, ref, call number, uniqueid, unique id, conversation id, interaction
                    id, case number, rhif yr alwad
                    """)),
            NUMBER,
            NAME,
            TOPIC,
            new One("notes", "Notes", "what was said: the text of the enquiry", false, names("""
                    notes, note, comments, comment, details, description, summary, wrap-up notes, nodiadau
                    """)),
            new One(
                    "outcome",
                    "Outcome",
                    "a word that says how the call ended",
                    false,
                    names("outcome, result, status, disposition, call outcome, disconnect reason, canlyniad")),
            new One(
                    "duration",
                    "Duration",
                    "how long it took",
                    false,
                    names("duration, length, talk time, handle time, call length, call duration, hyd")),
            POSTCODE,
            ORGANISATION,
            LOCATION,
            EMAIL,
            new One(
                    "otherNumber",
                    "Another number",
                    "that they may be called back on",
                    false,
                    names("call back number, callback number, other number, alternative number, call-back number")),
            DIRECTION,
            RECIPIENT);

    private static final List<One> MESSAGES = List.of(
            WHEN,
            new One(
                    "messageId",
                    "Number of the message",
                    "the platform's: with it, a message that comes again is known",
                    false,
                    names("message id, id, message_id, post id")),
            PLATFORM,
            new One(
                    "handle",
                    "Account",
                    "the platform's id of who wrote",
                    false,
                    names("handle, author id, author.id, user id, account, username, profile id")),
            NAME,
            new One("text", "Text", "what was written", false, names("text, message, content, body, post")),
            DIRECTION,
            RECIPIENT,
            new One(
                    "conversation",
                    "Conversation",
                    "what ties messages together",
                    false,
                    names("conversation, conversation id, thread, thread id")),
            new One("link", "Link", "where it stands", false, names("link, permalink, url")),
            new One(
                    "media",
                    "Pictures and films",
                    "links to what was attached",
                    false,
                    names("media, media url, attachments")),
            TOPIC,
            NUMBER,
            POSTCODE,
            ORGANISATION,
            LOCATION,
            EMAIL);

    private static final List<One> ENTRIES = List.of(
            NAME,
            ORGANISATION,
            new One(
                    "entryId",
                    "Number of the entry",
                    "the list's own: with it, an entry of a later list is known",
                    false,
                    names("id, entry id, member id, council code, code, registration number, registrationnumber")),
            EMAIL,
            NUMBER,
            PLATFORM,
            new One(
                    "handle",
                    "Account",
                    "the platform's id of the account",
                    false,
                    names("handle, account, account id, twitter")),
            POSTCODE,
            LOCATION,
            new One("seen", "Day of the list", "when the list was so", false, names("as at, seen, updated, date")),
            new One("category", "Category", "a word that says what they are", false, names("category, type")),
            new One(
                    "kind",
                    "Person or organisation",
                    "a word that says which",
                    false,
                    names("kind, entity, entity type")));

    private Fields() {}

    /** With commas between. */
    private static List<String> names(String written) {
        return Stream.of(written.split(",")).map(String::strip).toList();
    }

    /** The fields of a channel, those that are needed most first. */
    static List<One> of(Channel channel) {
        return switch (channel) {
            case SOCIAL_TOOL -> MESSAGES;
            case PUBLIC_REGISTER -> ENTRIES;
            default -> CALLS;
        };
    }

    static Optional<One> of(Channel channel, String code) {
        return of(channel).stream().filter(one -> one.code().equals(code)).findFirst();
    }

    /** In people's words, whatever the channel. */
    static String label(String code) {
        return Stream.of(CALLS, MESSAGES, ENTRIES)
                .flatMap(List::stream)
                .filter(one -> one.code().equals(code))
                .findFirst()
                .map(One::label)
                .orElseGet(() -> Profile.Field.of(code).map(Profile.Field::code).orElse(code));
    }
}
