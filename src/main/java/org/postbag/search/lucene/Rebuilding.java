package org.postbag.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postbag.search.Document;
import org.postbag.search.SearchIndex.Contents;
import org.postbag.search.SearchIndex.Generation;
import org.postbag.search.SearchIndex.Refused;

/**
 * A generation in the making. It follows each write durably, so that one that is gone on with lacks nothing; what it has from a write is newer than what it is
 * given to add.
 */
final class Rebuilding implements Generation {

    /** What it adds before it lets a write in: whoever waits to find a new item doesn't wait for thousands of old ones. */
    private static final int ADDED_AT_ONCE = 100;

    /** What is done while nothing else is written. */
    interface Step {
        void run() throws IOException;
    }

    /** The index that it is built for. */
    interface Owner {

        void alone(Step step) throws IOException;

        /** Lets it answer, durably, in place of the one that did. */
        void answerFrom(LuceneGeneration generation) throws IOException;

        /** It was opened or given up. */
        void over();
    }

    private final LuceneGeneration generation;
    private final Owner owner;
    private final Set<Long> followed = new HashSet<>();
    private boolean taken;
    private boolean goesOn;
    private boolean over;

    /** @param goesOn whether it was begun before, and may have some of what it will be given */
    Rebuilding(LuceneGeneration generation, boolean goesOn, Owner owner) {
        this.generation = generation;
        this.goesOn = goesOn;
        this.owner = owner;
    }

    LuceneGeneration generation() {
        return generation;
    }

    /** Whatever is added from now on is read from now on, and so as new as what it followed before. */
    void take() {
        if (taken) {
            throw new IllegalStateException("The index is being rebuilt already");
        }
        taken = true;
        followed.clear();
    }

    /** One that can't follow would lack what it wasn't given: it is dropped, and what answers goes on. */
    void follow(Change change) {
        try {
            change.enquiryIds().forEach(followed::add);
            generation.put(change.documents());
            generation.remove(change.removals());
            generation.commit();
        } catch (IOException | IllegalStateException e) {
            dropQuietly();
        }
    }

    @Override
    public long reached() {
        return generation.reached();
    }

    @Override
    public void reach(long enquiryId) throws IOException {
        alone(() -> {
            generation.reach(enquiryId);
            generation.commit();
        });
    }

    @Override
    public List<Refused> add(List<Document> documents) throws IOException {
        var refused = new ArrayList<Refused>();
        for (int from = 0; from < documents.size(); from += ADDED_AT_ONCE) {
            var some = documents.subList(from, Math.min(documents.size(), from + ADDED_AT_ONCE));
            alone(() -> refused.addAll(addNow(some)));
        }
        return refused;
    }

    /** One that goes on may have some of them already, from after it was last told how far it is. */
    private List<Refused> addNow(List<Document> documents) throws IOException {
        var fresh = documents.stream()
                .filter(d -> !followed.contains(d.enquiryId()))
                .toList();
        return goesOn ? generation.put(fresh) : generation.add(fresh);
    }

    @Override
    public Contents contents() throws IOException {
        alone(generation::commit);
        return new LuceneContents(() -> generation);
    }

    @Override
    public void open() throws IOException {
        alone(() -> {
            generation.reach(LuceneGeneration.WHOLE);
            generation.commit();
            owner.answerFrom(generation);
            end();
        });
    }

    @Override
    public void giveUp() throws IOException {
        alone(() -> {
            end();
            generation.drop();
        });
    }

    /** One that a full disk closed, or whose folder is gone, is dropped, which makes room; any other can be gone on with. */
    @Override
    public void close() throws IOException {
        owner.alone(() -> {
            if (!over && !generation.isUsable()) {
                dropQuietly();
            } else if (!over) {
                taken = false;
                goesOn = true;
            }
        });
    }

    private void dropQuietly() {
        end();
        generation.dropQuietly();
    }

    private void end() {
        over = true;
        owner.over();
    }

    private void alone(Step step) throws IOException {
        owner.alone(() -> {
            if (over) {
                throw new IOException("This generation was opened, or given up");
            }
            step.run();
        });
    }
}
