package org.postbag.extracting;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.postbag.bench.Report;
import org.postbag.extracting.ScannedPage.Face;

/** How well, how fast and in how much memory letters are read, by what was done to the scan; four typefaces, 200 to 300 dots per inch. */
class LetterBench {

    private static final int LETTERS = Math.min(20, Integer.getInteger("bench.items", 5));
    private static final int[] DPI = {200, 250, 300};
    private static final Path REAL = Path.of("../shared/data/letters");

    private long words;
    private long nanoseconds;

    @Test
    void letters() throws IOException {
        var report = new Report("letters: word accuracy by what was done to the scan");
        try (var ocr = new TesseractOcr()) {
            real(ocr, report);
            double spoiled = 0;
            for (var spoiling : Spoiling.values()) {
                double accuracy = accuracy(ocr, spoiling);
                spoiled += spoiling == Spoiling.CLEAN ? 0 : accuracy;
                least(
                        report,
                        spoiling.name().toLowerCase(java.util.Locale.ROOT),
                        accuracy,
                        spoiling == Spoiling.CLEAN ? 98 : 90);
            }
            least(report, "spoiled scans together", spoiled / (Spoiling.values().length - 1), 90);
        }
        report.note("words read", "%.0f/s".formatted(words * 1e9 / nanoseconds), "one thread");
        report.note("memory of the process at its most", peakMegabytes() + " MB", "with the pages' making");
        report.print();
    }

    private static void real(Ocr ocr, Report report) throws IOException {
        if (!Files.isDirectory(REAL)) {
            return;
        }
        for (var name : new String[] {"phototest.tif", "phototest-rotated-R.png"}) {
            var page = ImageIO.read(new File(REAL.toFile(), name));
            var text = Files.readString(REAL.resolve(name.substring(0, name.indexOf('.')) + ".txt"));
            least(
                    report,
                    name,
                    WordAccuracy.of(text, ocr.read(GrayPage.of(page)).text()),
                    98);
        }
    }

    private double accuracy(Ocr ocr, Spoiling spoiling) {
        double sum = 0;
        for (int i = 0; i < LETTERS; i++) {
            for (var face : Face.values()) {
                var random = new Random(31L * i + face.ordinal());
                var letter = MadeUpLetter.of(random, face.columns());
                var clean = ScannedPage.of(letter.lines(), face, DPI[random.nextInt(DPI.length)]);
                var page = GrayPage.of(spoiling.spoil(clean, random));
                long start = System.nanoTime();
                var read = ocr.read(page);
                nanoseconds += System.nanoTime() - start;
                words += WordAccuracy.words(letter.text()).size();
                sum += WordAccuracy.of(letter.text(), read.text());
            }
        }
        return sum / (LETTERS * Face.values().length);
    }

    private static void least(Report report, String what, double accuracy, int percentMin) {
        report.note(
                what,
                "%.2f %%".formatted(accuracy * 100),
                (accuracy * 100 >= percentMin ? "reached " : "NOT REACHED ") + percentMin + " %");
    }

    private static long peakMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
