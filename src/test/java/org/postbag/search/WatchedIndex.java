package org.postbag.search;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A real index that lets a test do something just before or after each write, or fails there as a crash would. */
final class WatchedIndex implements SearchIndex {

    interface Moment {
        void at() throws IOException;
    }

    private final SearchIndex index;
    private Moment before = () -> {};
    private Moment after = () -> {};

    WatchedIndex(SearchIndex index) {
        this.index = index;
    }

    void before(Moment moment) {
        before = moment;
    }

    void after(Moment moment) {
        after = moment;
    }

    @Override
    public List<Refused> write(List<Document> documents, List<Removal> removals) throws IOException {
        before.at();
        var refused = index.write(documents, removals);
        after.at();
        return refused;
    }

    @Override
    public Hits search(Query query) throws IOException {
        return index.search(query);
    }

    @Override
    public Generation rebuild() throws IOException {
        return index.rebuild();
    }

    @Override
    public boolean isHalfBuilt() throws IOException {
        return index.isHalfBuilt();
    }

    @Override
    public Contents contents() {
        return index.contents();
    }

    @Override
    public Optional<Trouble> fault() {
        return index.fault();
    }

    @Override
    public Engine look() throws IOException {
        return index.look();
    }

    @Override
    public Trouble trouble(Exception fault) {
        return index.trouble(fault);
    }

    @Override
    public void verify() throws IOException {
        index.verify();
    }

    @Override
    public void close() throws IOException {
        index.close();
    }
}
