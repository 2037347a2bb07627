package org.postbag;

/** Fifty kills while five thousand items come in. */
class CrashBench extends CrashIT {

    @Override
    int kills() {
        return 50;
    }

    @Override
    int items() {
        return 5_000;
    }
}
