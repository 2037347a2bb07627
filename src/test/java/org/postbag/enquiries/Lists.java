package org.postbag.enquiries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.postbag.receiving.Profile;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.Receipt;
import org.postbag.receiving.exports.ExportPreview;

/** Public lists, cut as their watched folders cut them. */
final class Lists {

    static final String MEMBERS = "assembly-members";
    static final String OFFICES = "electoral-services";
    static final String PARTIES = "parties-and-campaigners";

    private static final String MEMBERS_HEADER =
            "Member ID,First name,Surname,Party,Email,Office telephone,Office postcode,Constituency\n";
    private static final String OFFICES_HEADER =
            "Council code,Electoral registration officer,Council,Email address,Telephone,Postcode,Region,As at\n";

    private final FilingRig rig;

    Lists(FilingRig rig) {
        this.rig = rig;
    }

    /** The receipts of the rows of a list of members. */
    List<Receipt> members(String day, Instant receivedAt, String... rows) {
        return list(MEMBERS, "members-" + day + ".csv", receivedAt, MEMBERS_HEADER + String.join("\n", rows) + "\n");
    }

    List<Receipt> offices(String day, Instant receivedAt, String... rows) {
        return list(OFFICES, "offices-" + day + ".csv", receivedAt, OFFICES_HEADER + String.join("\n", rows) + "\n");
    }

    List<Receipt> list(String profileName, String fileName, Instant receivedAt, String content) {
        var receipts = new ArrayList<Receipt>();
        try {
            var folder = Files.createTempDirectory("lists");
            var file = folder.resolve(fileName);
            Files.writeString(file, content);
            var profile = (Profile) new Profiles(Path.of("profiles")).named(profileName);
            ExportPreview.cut(file, "lists", profile, arrival -> receipts.add(rig.items.arrived(arrival, receivedAt)));
            Files.delete(file);
            Files.delete(folder);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return receipts;
    }

    /** Those that are listed, by name; each once. */
    long contact(String name) {
        return rig.sql()
                .sql("select id from contact where name = ? and merged_into is null and erased_at is null")
                .param(name)
                .query(Long.class)
                .single();
    }
}
