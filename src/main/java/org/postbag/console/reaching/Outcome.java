package org.postbag.console.reaching;

import java.util.List;
import java.util.Map;

/** What came of testing a connection. */
public sealed interface Outcome {

    /** Whether a route with these values would get at its source. */
    boolean good();

    /** Which of them it is, for a page. */
    default String kind() {
        return getClass().getSimpleName();
    }

    /**
     * @param title such as {@code Sign in}
     * @param words what was found; where it failed, why and what to do next
     */
    record Step(String title, boolean ok, String words) {}

    /**
     * All steps were gone through.
     *
     * @param wouldBe what would be made of the item that was read without being taken; empty where nothing lies there
     */
    record Reached(List<Step> steps, List<WouldBe> wouldBe) implements Outcome {
        @Override
        public boolean good() {
            return true;
        }
    }

    /** The last of the steps failed. */
    record NotReached(List<Step> steps) implements Outcome {
        @Override
        public boolean good() {
            return false;
        }
    }

    /** There is nothing to connect to: forms, notes of staff, calls that come to us. */
    record NothingToReach(List<Step> steps) implements Outcome {
        @Override
        public boolean good() {
            return steps.stream().allMatch(Step::ok);
        }
    }

    /** Nothing was tried: some value can't be right. By the name of the parameter. */
    record Mistaken(Map<String, String> problems) implements Outcome {
        @Override
        public boolean good() {
            return false;
        }
    }

    /** Nothing was tried: as many tests as may run at once are running. */
    record Busy() implements Outcome {
        @Override
        public boolean good() {
            return false;
        }
    }
}
