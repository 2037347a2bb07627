package org.postbag.normalising;

import org.postbag.extracting.FileReading;
import org.postbag.normalising.direct.MessengerReader;
import org.postbag.normalising.direct.XReader;
import org.postbag.normalising.letter.LetterReader;
import org.postbag.normalising.mail.MailReader;
import org.postbag.receiving.Channel;
import org.postbag.receiving.Profile;
import org.postbag.receiving.ProfileProblem;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.Receipt;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Every reader there is, one a medium, behind the one face that filing and the command line use. */
@Component
public class Readers implements Normaliser {

    private final Profiles profiles;
    private final LetterReader letters;

    /**
     * @param profiles how the rows of exports are read
     * @param files opens scans
     */
    @Autowired
    public Readers(Profiles profiles, FileReading files) {
        this.profiles = profiles;
        this.letters = new LetterReader(files);
    }

    /** Readers that open no scans. */
    public Readers(Profiles profiles) {
        this(profiles, FileReading.NONE);
    }

    @Override
    public Reading again(Receipt receipt, byte[] content) {
        return receipt.channel() == Channel.LETTER ? LetterReader.scan(receipt, content) : normalise(receipt, content);
    }

    @Override
    public Reading again(Receipt receipt, byte[] content, Mend mend) {
        return receipt.channel() == Channel.LETTER ? again(receipt, content) : normalise(receipt, content, mend);
    }

    @Override
    public Reading normalise(Receipt receipt, byte[] content, Mend mend) {
        return mend.charset() != null && receipt.channel() == Channel.EMAIL
                ? mend.applied(MailReader.read(receipt, content, mend.charset()))
                : Normaliser.super.normalise(receipt, content, mend);
    }

    @Override
    public Reading normalise(Receipt receipt, byte[] content) {
        return switch (receipt.channel()) {
            case EMAIL -> MailReader.read(receipt, content);
            case TELEPHONE, SOCIAL_TOOL, PUBLIC_REGISTER -> row(receipt, content);
            case WEB_FORM -> FormReader.read(receipt, content);
            case X -> XReader.read(receipt, content);
            case FACEBOOK -> MessengerReader.read(receipt, content);
            case BY_HAND -> HandNoteReader.read(receipt, content);
            case LETTER -> letters.read(receipt, content);
        };
    }

    /** Reads one row of an export by a profile, whether that is in force or not. */
    public static Reading row(Receipt receipt, byte[] content, Profile profile) {
        return RowReader.read(receipt, content, profile);
    }

    private Reading row(Receipt receipt, byte[] content) {
        var name = receipt.profile();
        if (name == null) {
            return new Unreadable("no-profile", "The row came without the name of a profile to read it by");
        }
        return switch (profiles.named(name, receipt.receivedAt())) {
            case Profile profile -> RowReader.read(receipt, content, profile);
            case ProfileProblem problem -> new Unreadable("no-profile", problem.problem());
        };
    }
}
