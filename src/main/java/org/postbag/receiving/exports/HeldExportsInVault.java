package org.postbag.receiving.exports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.postbag.audit.Action;
import org.postbag.audit.AuditEvent;
import org.postbag.audit.AuditTrail;
import org.postbag.audit.Subject;
import org.postbag.receiving.HeldExport;
import org.postbag.receiving.HeldExports;
import org.postbag.receiving.ReceivingUnavailable;
import org.postbag.receiving.exports.ExportRecords.Held;
import org.springframework.transaction.support.TransactionTemplate;

class HeldExportsInVault implements HeldExports {

    private static final int SAME_NAME_MAX = 1_000;

    private final ExportRecords records;
    private final ExportVault vault;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    HeldExportsInVault(ExportRecords records, ExportVault vault, AuditTrail audit, TransactionTemplate transaction) {
        this.records = records;
        this.vault = vault;
        this.audit = audit;
        this.transaction = transaction;
    }

    @Override
    public List<HeldExport> held() {
        return records.held();
    }

    @Override
    public boolean release(long id, String actor) {
        return Boolean.TRUE.equals(transaction.execute(status -> records.lockHeld(id)
                .map(export -> {
                    try {
                        vault.putBack(export.contentHash(), free(export));
                    } catch (IOException away) {
                        throw new ReceivingUnavailable("The folder or the held export is away", away);
                    }
                    // It stays held until it is taken from the folder, so that nothing is lost if that is never.
                    audit.record(new AuditEvent(actor, Action.REPLAYED, subject(id), "Put back into its folder"));
                    return true;
                })
                .orElse(false)));
    }

    @Override
    public boolean copy(long id, Path to) {
        return Boolean.TRUE.equals(transaction.execute(status -> records.lockHeld(id)
                .map(export -> {
                    try {
                        vault.putBack(export.contentHash(), to);
                    } catch (IOException away) {
                        throw new ReceivingUnavailable("The held export is away", away);
                    }
                    return true;
                })
                .orElse(false)));
    }

    @Override
    public boolean discard(long id, String actor, String reason) {
        return Boolean.TRUE.equals(transaction.execute(status -> records.lockHeld(id)
                .map(export -> {
                    records.discarded(id);
                    audit.record(new AuditEvent(actor, Action.DISCARDED, subject(id), reason));
                    try {
                        vault.noLongerHeld(export.contentHash());
                    } catch (IOException away) {
                        throw new ReceivingUnavailable("The held export is away", away);
                    }
                    return true;
                })
                .orElse(false)));
    }

    private static Subject subject(long id) {
        return new Subject("export", Long.toString(id));
    }

    /** Another file may have come under the same name since. */
    private static Path free(Held export) throws IOException {
        var folder = Path.of(export.folder());
        Files.createDirectories(folder);
        var file = folder.resolve(export.fileName());
        for (int n = 2; Files.exists(file); n++) {
            if (n > SAME_NAME_MAX) {
                throw new IOException("Too many files of one name");
            }
            file = folder.resolve(n + "-" + export.fileName());
        }
        return file;
    }
}
