package org.postbag.cli;

import java.util.stream.Collectors;
import org.postbag.embedded.TryModeReady;
import org.postbag.staff.SampleStaff;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What the terminal ends with in try mode. */
@Component
@Profile("try & !command")
class TryBanner {

    @EventListener
    void print(TryModeReady ready) {
        System.out.println(text(ready));
    }

    static String text(TryModeReady ready) {
        var people = SampleStaff.ALL.stream()
                .map(person -> "    %-8s %s, %s"
                        .formatted(
                                person.username(), person.name(), person.role().label()))
                .collect(Collectors.joining("\n"));
        var day = !ready.problem().isEmpty()
                ? "The sample day was not fed in whole (" + ready.problem() + "); the next start tries again."
                : ready.fed() > 0
                        ? "A sample day was fed in: " + ready.fed()
                                + " mails, forms, messages, notes, exports, lists and scans."
                        : "The data of the last start is here.";
        return """

                Postbag is running in try mode. %s

                  Staff pages   %s
                  Public form   %s/contact
                  Sign in as, with the password %s
                %s
                  Send a mail   to %s, SMTP localhost:%d
                                curl smtp://localhost:%d --mail-from you@example.org --mail-rcpt %s -T mail.eml
                  Drop a call export into
                                %s
                  Drop a scanned letter, or a batch of letters with separator sheets, into
                                %s
                  Stop with Ctrl-C. Everything lies in the data folder; delete it to begin anew.
                """.formatted(
                        day,
                        ready.address(),
                        ready.address(),
                        SampleStaff.PASSWORD,
                        people,
                        ready.mailAddress(),
                        ready.smtpPort(),
                        ready.smtpPort(),
                        ready.mailAddress(),
                        ready.telephoneFolder(),
                        ready.lettersFolder());
    }
}
