package org.postbag.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Does the same with each of a list, so many at a time, and waits for all. */
public final class Parallel {

    /** What is done with one. */
    public interface Each<T, R> {
        R of(T one) throws Exception;
    }

    private Parallel() {}

    /** @return what came of each, in order */
    public static <T, R> List<R> each(List<T> all, int atOnce, Each<T, R> each) throws Exception {
        try (var threads = Executors.newFixedThreadPool(atOnce)) {
            var results = new ArrayList<R>(all.size());
            for (var future : threads.invokeAll(
                    all.stream().map(one -> (Callable<R>) () -> each.of(one)).toList())) {
                results.add(future.get());
            }
            return results;
        }
    }

    /** A list in pieces of a size. */
    public static <T> List<List<T>> pieces(List<T> all, int size) {
        var pieces = new ArrayList<List<T>>();
        for (int from = 0; from < all.size(); from += size) {
            pieces.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return pieces;
    }
}
