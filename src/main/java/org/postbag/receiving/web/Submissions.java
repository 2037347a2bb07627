package org.postbag.receiving.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postbag.receiving.CleanText;
import org.postbag.receiving.ContactForm;
import org.postbag.receiving.ContactForm.File;
import org.postbag.receiving.FormTopics;
import org.postbag.staff.PageError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads contact pages that were sent, and keeps their files from one try to the next. */
@Component
class Submissions {

    private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);

    private final KeptFiles keptFiles;
    private final FormTopics formTopics;
    private final Phrasebook phrasebook;
    private final RandomGenerator random;

    Submissions(KeptFiles keptFiles, FormTopics formTopics, Phrasebook phrasebook, RandomGenerator random) {
        this.keptFiles = keptFiles;
        this.formTopics = formTopics;
        this.phrasebook = phrasebook;
        this.random = random;
    }

    /** A page that nobody has filled in yet. */
    ContactForm blank() {
        return new ContactForm(FormKey.random(random).value(), "", "", "", "", "", "", false, List.of());
    }

    Submission read(HttpServletRequest request) {
        var phrases = phrasebook.of(request);
        var upload = Upload.of(request);
        var key = FormKey.parse(upload.text("key")).orElseGet(() -> FormKey.random(random));
        var removed = upload.text("remove");
        var fileErrors = refused(upload, phrases);
        var files = merged(kept(key, removed), upload.files(), phrases, fileErrors);
        var outcome = fileErrors.size() > upload.refused().size() ? Upload.Outcome.TOO_LARGE : upload.outcome();
        var topic = CleanText.line(upload.text("topic"));
        var topics = formTopics.shown(upload.text(ContactView.ASKED));
        var answers =
                Answers.of(topics, topic, ContactView.ANSWER, phrases, id -> upload.text(ContactView.ANSWER + id));
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
                upload.text("website"),
                language(phrases));
        boolean isChange = Stream.of("remove", "show", VisitorLanguage.CHANGE)
                .anyMatch(button -> !upload.text(button).isEmpty());
        var errors = new ArrayList<PageError>();
        if (outcome == Upload.Outcome.BROKEN) {
            errors.add(new PageError("message", phrases.say("error.broken")));
        }
        errors.addAll(isChange ? List.of() : wrong(form, answers, phrases));
        errors.addAll(fileErrors);
        return new Submission(key, form, topics, errors, outcome, isChange);
    }

    private static List<PageError> wrong(ContactForm form, Answers answers, Phrases phrases) {
        var errors = new ArrayList<>(answers.errors());
        errors.addAll(FormCheck.check(form, phrases));
        return errors;
    }

    /** English goes without saying: its pages are what whoever chooses nothing is shown. */
    private static String language(Phrases phrases) {
        var current = phrases.language().current();
        return current == PublicLanguage.ENGLISH ? "" : current.code();
    }

    private static List<PageError> refused(Upload upload, Phrases phrases) {
        return upload.refused().stream()
                .map(file -> new PageError("files", phrases.say(file.why().key(), file.name(), ContactForm.FILES_MAX)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Keeps a submission's files for the next try. Those that can't be kept must be chosen again, which {@code errors} then says. */
    List<KeptFiles.Kept> keep(Submission submission, Phrases phrases, List<PageError> errors) {
        var files = submission.form().files();
        var kept = List.<KeptFiles.Kept>of();
        try {
            kept = keptFiles.replace(submission.key(), files);
        } catch (IOException diskAway) {
            LOG.warn("Files of a form could not be kept", diskAway);
        }
        if (kept.size() < files.size()) {
            errors.add(new PageError("files", phrases.say("error.files.again")));
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
    private static List<File> merged(List<File> kept, List<File> added, Phrases phrases, List<PageError> errors) {
        var files = new ArrayList<>(kept);
        long bytes = kept.stream().mapToLong(f -> f.content().length).sum();
        for (var file : added) {
            if (files.stream().anyMatch(f -> isSame(f, file))) {
                continue;
            }
            if (files.size() == ContactForm.FILES_MAX || bytes + file.content().length > ContactForm.FILES_BYTES_MAX) {
                errors.add(
                        new PageError("files", phrases.say("error.file.no-room", file.name(), ContactForm.FILES_MAX)));
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
