package org.postbag.receiving.exports;

import java.nio.file.Path;
import java.time.Clock;
import org.postbag.audit.AuditTrail;
import org.postbag.extracting.FileReading;
import org.postbag.receiving.HeldExports;
import org.postbag.receiving.IdentityKey;
import org.postbag.receiving.ListFigures;
import org.postbag.receiving.MasterKey;
import org.postbag.receiving.Profiles;
import org.postbag.receiving.Receiver;
import org.postbag.receiving.SecretValues;
import org.postbag.receiving.sftp.SftpFolder;
import org.postbag.receiving.sftp.SftpLook;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ExportsConfiguration {

    @Bean
    ExportVault exportVault(@Value("${postbag.data:data}") Path data, IdentityKey identity, MasterKey key) {
        return new ExportVault(data.toAbsolutePath().resolve("exports"), identity, key);
    }

    @Bean
    ExportRecords exportRecords(JdbcClient jdbc, Clock clock) {
        return new ExportRecords(jdbc, clock);
    }

    /** The routes' step that takes a file; they know it by this name. */
    @Bean
    ExportFolder exportFolder(
            Receiver receiver,
            Profiles profiles,
            ExportRecords records,
            ExportVault vault,
            ExportSettings settings,
            Clock clock) {
        return new ExportFolder(new ExportTaker(receiver, new RowCutting(profiles), records, vault, settings, clock));
    }

    /** Likewise for batches of scanned letters. */
    @Bean
    ExportFolder letterFolder(
            Receiver receiver,
            FileReading reading,
            LetterSettings letters,
            ExportRecords records,
            ExportVault vault,
            ExportSettings settings,
            Clock clock) {
        return new ExportFolder(
                new ExportTaker(receiver, new LetterCutting(reading, letters.mark()), records, vault, settings, clock));
    }

    /** The step of routes that fetch exports from another machine. */
    @Bean
    SftpFolder sftpExports(@Qualifier("exportFolder") ExportFolder folder, SecretValues secrets) {
        return new SftpFolder(folder::take, secrets);
    }

    /** Likewise for scans. */
    @Bean
    SftpFolder sftpLetters(@Qualifier("letterFolder") ExportFolder folder, SecretValues secrets) {
        return new SftpFolder(folder::take, secrets);
    }

    /** Reads files again that were taken, where they are kept. */
    @Bean
    FilesReread filesReread(
            Profiles profiles,
            FileReading reading,
            LetterSettings letters,
            ExportRecords records,
            ExportVault vault,
            ExportSettings settings,
            SftpLook machines) {
        return new FilesReread(
                new RowCutting(profiles),
                new LetterCutting(reading, letters.mark()),
                records,
                vault,
                settings,
                machines);
    }

    @Bean
    LetterPreview letterPreview(FileReading reading, LetterSettings letters) {
        return new LetterPreview(new LetterCutting(reading, letters.mark()));
    }

    @Bean
    HeldExports heldExports(
            ExportRecords records, ExportVault vault, AuditTrail audit, TransactionTemplate transaction) {
        return new HeldExportsInVault(records, vault, audit, transaction);
    }

    @Bean
    ExportReports exportReports(JdbcClient jdbc, TransactionTemplate transaction, ListFigures figures, Clock clock) {
        return new ExportReports(jdbc, transaction, figures, clock);
    }

    @Bean
    ExportUpkeep exportUpkeep(
            HeldExports held, ExportRecords records, ExportVault vault, ExportSettings settings, Clock clock) {
        return new ExportUpkeep(held, records, vault, settings, clock);
    }
}
