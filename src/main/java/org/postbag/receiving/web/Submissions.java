package org.postbag.receiving.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.postbag.receiving.CleanText;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.ContactForm.File;
import org.postbag.receiving.Topics;
import org.postbag.staff.PageError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads contact pages that were sent, and keeps their files from one try to the next. */
@Component
class Submissions {

    private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);

    private final KeptFiles keptFiles;
    private final Topics topics;
    private final RandomGenerator random;

    Submissions(KeptFiles keptFiles, Topics topics, RandomGenerator random) {
        this.keptFiles = keptFiles;
        this.topics = topics;
        this.random = random;
    }

    /** A page that nobody has filled in yet. */
    ContactForm blank() {
        return new ContactForm(FormKey.random(random).value(), "", "", "", "", "", "", false, List.of());
    }

    Submission read(HttpServletRequest request) {
        var upload = Upload.of(request);
        var key = FormKey.parse(upload.text("key")).orElseGet(() -> FormKey.random(random));
        var removed = upload.text("remove");
        var errors = new ArrayList<PageError>();
        upload.refused().forEach(why -> errors.add(new PageError("files", why)));
        var files = merged(kept(key, removed), upload.files(), errors);
        var outcome = errors.size() > upload.refused().size() ? Upload.Outcome.TOO_LARGE : upload.outcome();
        var topic = CleanText.line(upload.text("topic"));
        var answers = Answers.of(topics, topic, ContactView.ANSWER, id -> upload.text(ContactView.ANSWER + id));
        var form = new ContactForm(
                key.value(),
                upload.text("name"),
                upload.text("email"),
                upload.text("telephone"),
                upload.text("postcode"),
                topic,
                upload.text("message"),
                upload.text("noReply").equals("true"),
                files,
                answers.all(),
                upload.text("website"));
        boolean isChange = !removed.isEmpty() || !upload.text("show").isEmpty();
        return new Submission(key, form, errors, answers.errors(), outcome, isChange);
    }

    /** Keeps a submission's files for the next try. Those that can't be kept must be chosen again, which {@code errors} then says. */
    List<KeptFiles.Kept> keep(Submission submission, List<PageError> errors) {
        var files = submission.form().files();
        var kept = List.<KeptFiles.Kept>of();
        try {
            kept = keptFiles.replace(submission.key(), files);
        } catch (IOException diskAway) {
            LOG.warn("Files of a form could not be kept", diskAway);
        }
        if (kept.size() < files.size()) {
            errors.add(new PageError("files", "Choose your files again: they could not be kept"));
        }
        return kept;
    }

    private List<File> kept(FormKey key, String removed) {
        try {
            return keptFiles.of(key).stream()
                    .filter(kept -> !kept.id().equals(removed))
                    .map(KeptFiles.Kept::file)
                    .toList();
        } catch (IOException diskAway) {
            LOG.warn("Kept files of a form could not be read", diskAway);
            return List.of();
        }
    }

    /** A file that is chosen again is the same file. */
    private static List<File> merged(List<File> kept, List<File> added, List<PageError> errors) {
        var files = new ArrayList<>(kept);
        long bytes = kept.stream().mapToLong(f -> f.content().length).sum();
        for (var file : added) {
            if (files.stream().anyMatch(f -> isSame(f, file))) {
                continue;
            }
            if (files.size() == ContactForm.FILES_MAX || bytes + file.content().length > ContactForm.FILES_BYTES_MAX) {
                errors.add(new PageError(
                        "files",
                        "The file ‘" + file.name() + "’ could not be kept: you can send up to " + ContactForm.FILES_MAX
                                + " files, 20MB in total"));
            } else {
                files.add(file);
                bytes += file.content().length;
            }
        }
        return files;
    }

    private static boolean isSame(File one, File other) {
        return one.name().equals(other.name()) && Arrays.equals(one.content(), other.content());
    }
}
