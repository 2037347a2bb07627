package org.postbag.extracting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.leptonica.PIX;
import org.bytedeco.tesseract.FileReader;
import org.bytedeco.tesseract.StringVector;
import org.bytedeco.tesseract.TessBaseAPI;
import org.bytedeco.tesseract.global.tesseract;

/** Tesseract 5 with its network for English (see ADR 4). Its natives and the network come with the program; nothing is installed. */
final class TesseractOcr implements Ocr {

    private static final String NETWORK = "eng.traineddata.gz";

    /** Below this, the page may well stand on its head: upside down, letters that look like others come out, with little confidence. */
    private static final int CONFIDENT = 75;

    /** The shorter side of A4, in hundredths of an inch: what a page without a known resolution is taken for. */
    private static final int PAGE_WIDTH_HUNDREDTHS = 827;

    private static final int RESOLUTION_MIN = 150;

    private final TessBaseAPI api = new TessBaseAPI();

    /** @throws UnsatisfiedLinkError where there are no natives for this machine */
    TesseractOcr() {
        var network = network();
        try (var data = new BytePointer(network)) {
            int failed = api.Init(
                    data,
                    network.length,
                    new BytePointer("eng"),
                    tesseract.OEM_LSTM_ONLY,
                    (BytePointer) null,
                    0,
                    (StringVector) null,
                    (StringVector) null,
                    false,
                    (FileReader) null);
            if (failed != 0) {
                throw new IllegalStateException("Tesseract does not take its network");
            }
        }
        api.SetPageSegMode(tesseract.PSM_AUTO);
    }

    @Override
    public OcrText read(GrayPage page) {
        if (page.width() < UprightPage.SIDE_MIN || page.height() < UprightPage.SIDE_MIN) {
            return new OcrText("", 0);
        }
        try (var upright = UprightPage.of(page)) {
            var first = recognise(upright.picture());
            if (first.confidence() >= CONFIDENT) {
                return first;
            }
            var other = recognise(upright.turnedOver());
            return other.confidence() > first.confidence() ? other : first;
        }
    }

    @Override
    public void close() {
        api.End();
        api.close();
    }

    private OcrText recognise(PIX picture) {
        api.SetImage(picture);
        int width = Math.min(picture.w(), picture.h());
        api.SetSourceResolution(Math.max(RESOLUTION_MIN, width * 100 / PAGE_WIDTH_HUNDREDTHS));
        var read = api.GetUTF8Text();
        try {
            var text =
                    read == null ? "" : read.getString(StandardCharsets.UTF_8).strip();
            return new OcrText(text, text.isEmpty() ? 0 : Math.clamp(api.MeanTextConf(), 0, 100));
        } finally {
            if (read != null) {
                tesseract.TessDeleteText(read);
            }
            api.Clear();
        }
    }

    private static byte[] network() {
        try (var packed = Objects.requireNonNull(TesseractOcr.class.getResourceAsStream(NETWORK), NETWORK);
                var network = new GZIPInputStream(packed)) {
            return network.readAllBytes();
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
