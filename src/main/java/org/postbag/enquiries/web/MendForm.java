package org.postbag.enquiries.web;

import java.nio.charset.Charset;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postbag.enquiries.Mends;
import org.postbag.enquiries.Quarantine.Item;
import org.postbag.normalising.EmailAddress;
import org.postbag.normalising.Mend;
import org.postbag.normalising.Sender;
import org.postbag.normalising.Telephone;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Profile;
import org.postbag.receiving.ProfileProblem;
import org.postbag.receiving.Profiles;
import org.postbag.staff.PageError;
import org.postbag.staff.StaffTexts;
import org.springframework.stereotype.Component;

/**
 * A mend as it is typed; empty where nothing is mended.
 *
 * @param versionSeen that of the mend which the page showed, 0 where there was none
 */
record MendForm(
        @Nullable String charset,
        @Nullable String profile,
        @Nullable String name,
        @Nullable String email,
        @Nullable String telephone,
        @Nullable Integer versionSeen) {

    private static final Set<Channel> ROWS =
            EnumSet.of(Channel.TELEPHONE, Channel.SOCIAL_TOOL, Channel.PUBLIC_REGISTER);

    /** What mail to a British body is written in, and what is taken for something else most often. */
    static final List<String> CHARSETS = Stream.of(
                    "UTF-8",
                    "windows-1252",
                    "ISO-8859-14",
                    "windows-1250",
                    "ISO-8859-2",
                    "windows-1251",
                    "KOI8-R",
                    "windows-1253",
                    "windows-1254",
                    "windows-1255",
                    "windows-1256",
                    "windows-1257",
                    "GB18030",
                    "Big5",
                    "Shift_JIS",
                    "EUC-KR",
                    "IBM850")
            .filter(Charset::isSupported)
            .toList();

    /** Text that stands in raw bytes; other channels bring theirs as Unicode. */
    static boolean isMail(Item item) {
        return item.channel() == Channel.EMAIL;
    }

    static boolean isRow(Item item) {
        return ROWS.contains(item.channel());
    }

    public int version() {
        return versionSeen == null ? 0 : versionSeen;
    }

    MendForm at(int version) {
        return new MendForm(charset, profile, name, email, telephone, version);
    }

    static MendForm of(Mends.@Nullable Kept kept, boolean seesContent) {
        if (kept == null) {
            return new MendForm(null, null, null, null, null, 0);
        }
        var mend = kept.mend();
        var sender = seesContent ? Objects.requireNonNullElse(mend.sender(), Sender.NOBODY) : Sender.NOBODY;
        var email = sender.email();
        var telephone = sender.telephone();
        return new MendForm(
                mend.charset() == null ? null : mend.charset().name(),
                mend.profile(),
                sender.name(),
                email == null ? null : email.value(),
                telephone == null ? null : telephone.shown(),
                kept.version());
    }

    /** Makes a mend of what was typed. */
    @Component
    static class Reading {

        private final Profiles profiles;
        private final StaffTexts texts;

        Reading(Profiles profiles, StaffTexts texts) {
            this.profiles = profiles;
            this.texts = texts;
        }

        /**
         * @param before what is kept: who sees no content leaves its sender as it is
         * @param errors to add what is wrong to
         */
        Mend read(MendForm typed, Item item, Mends.@Nullable Kept before, boolean seesContent, List<PageError> errors) {
            var charset = charset(typed, item, errors);
            var profile = profile(typed, item, errors);
            var kept = before == null ? null : before.mend().sender();
            return new Mend(charset, profile, seesContent ? sender(typed, errors) : kept);
        }

        private @Nullable Charset charset(MendForm typed, Item item, List<PageError> errors) {
            var name = text(typed.charset());
            if (name.isEmpty() || !isMail(item)) {
                return null;
            }
            if (!CHARSETS.contains(name)) {
                errors.add(new PageError("charset", texts.say("mend.wrong.charset")));
                return null;
            }
            return Charset.forName(name);
        }

        private @Nullable String profile(MendForm typed, Item item, List<PageError> errors) {
            var name = text(typed.profile());
            if (name.isEmpty() || !isRow(item)) {
                return null;
            }
            switch (profiles.named(name)) {
                case Profile profile
                when profile.channel() == item.channel() -> {
                    return name;
                }
                case Profile profile ->
                    errors.add(
                            new PageError("profile", texts.say("mend.wrong.channel", texts.label(profile.channel()))));
                case ProfileProblem _ -> errors.add(new PageError("profile", texts.say("mend.wrong.profile")));
            }
            return null;
        }

        private @Nullable Sender sender(MendForm typed, List<PageError> errors) {
            var name = text(typed.name());
            var email = text(typed.email());
            var telephone = text(typed.telephone());
            if (name.length() > Mends.NAME_LENGTH_MAX) {
                errors.add(new PageError("name", texts.say("mend.wrong.name", Mends.NAME_LENGTH_MAX)));
            }
            var address = EmailAddress.parse(email);
            if (!email.isEmpty() && address.isEmpty()) {
                errors.add(new PageError("email", texts.say("mend.wrong.email")));
            }
            var number = Telephone.parse(telephone);
            if (!telephone.isEmpty() && number.isEmpty()) {
                errors.add(new PageError("telephone", texts.say("mend.wrong.telephone")));
            }
            return name.isEmpty() && email.isEmpty() && telephone.isEmpty()
                    ? null
                    : new Sender(name.isEmpty() ? null : name, address.orElse(null), number.orElse(null), null, null);
        }

        private static String text(@Nullable String typed) {
            return typed == null ? "" : typed.strip();
        }
    }
}
