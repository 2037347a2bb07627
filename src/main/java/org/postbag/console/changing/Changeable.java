package org.postbag.console.changing;

import java.util.List;
import java.util.Optional;

/** A kind of thing that is changed in the console. Whoever owns the kind implements it; {@link Versions} keeps its texts and asks the second person. */
public interface Changeable {

    /** Under which its versions are kept, in addresses too: {@code route}, {@code profile}, {@code questions}. */
    String kind();

    /** What one of them is called in a sentence, such as {@code profile}. */
    String label();

    /** The names of those that have a file, in order. */
    List<String> names();

    /** What its file says now; empty where it has none, as one that was made in the console. */
    Optional<String> fileText(String name);

    /**
     * All that is wrong with a text, or worth saying about it. Changes nothing, connects to nothing, ends in bounded time and throws nothing at what a text
     * may hold. A text without a finding that {@linkplain Finding#stops() stops} is fit to be in force.
     */
    List<Finding> check(String name, String text);

    /**
     * Makes a change of it at a moment when nothing of it is in hand. What takes long until then, such as a route that finishes what it has, happens here: in
     * no transaction, and in nobody else's way.
     *
     * @return why there was no such moment; then the change was not made
     */
    default Optional<String> atRest(String name, Runnable change) {
        change.run();
        return Optional.empty();
    }

    /**
     * Puts a text in force on this node, in place of what is. Runs within the transaction that records the approval, on other nodes and at start after it, so
     * it may come twice. Where it can't be done, what was in force stays.
     */
    CarriedOut carryOut(String name, String text);

    /** Takes one that was made in the console out of force, for good. Its versions stay. */
    default CarriedOut retire(String name) {
        return new CarriedOut.LeftAsItWas(
                "A " + label() + " is not retired here. Take its file away and start Postbag again.");
    }

    /** The page on which somebody changes one, such as {@code /routes/profiles/contact-centre/change}. */
    String editPath(String name);
}
