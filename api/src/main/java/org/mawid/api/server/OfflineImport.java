package org.mawid.api.server;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.mawid.api.control.Control;
import org.mawid.api.network.LiveNetwork;
import org.mawid.api.network.NetworkFiles;
import org.mawid.api.network.NetworkImport;
import org.mawid.api.network.NetworkImport.Publication;
import org.mawid.api.network.OpenDay;
import org.mawid.api.network.Schedule;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineStartException;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.Setting;

/** Brings a network into a directory that nobody serves: the engine runs for as long as that takes. */
public final class OfflineImport {
    private OfflineImport() {
    }

    /**
     * @return one line of what was done
     * @throws EngineStartException                                     the directory cannot be used, as when it is served
     * @throws IllegalArgumentException                                  in one line, when nothing says where a simulation is to begin
     * @throws org.mawid.api.network.ScheduleRefusedException            before anything is sent
     * @throws org.mawid.api.network.NetworkImportException              the engine refused or stopped
     */
    public static String run(final NetworkFiles files, final Control.Import wanted, final Settings settings, final NetworkImport.Progress progress)
            throws EngineStartException {
        final int daysAhead = daysAhead(settings);
        if (!settings.engine().isOn(Setting.SIMULATION)) {
            refuseUncovered(files, Operations.publication(wanted, today(), daysAhead)); // before a directory is made for nothing
        }
        // Who only imports reads nothing by number.
        try (EmbeddedEngine engine = EmbeddedEngine.start(settings.engine().with(Setting.RECORDS, false))) {
            engine.beginByNewestRules();
            final DataDirectory directory = new DataDirectory(settings.engine().data());
            Files.createDirectories(directory.edge());
            try (LiveNetwork network = new LiveNetwork(engine, Service.kept(directory), daysAhead, engine::nowMs)) {
                final Publication publication = Operations.publication(wanted, Operations.today(engine, wanted.first()), daysAhead);
                return Operations.describe(files, network.bring(files, publication, progress));
            }
        } catch (final IOException e) {
            throw new EngineStartException("the network files cannot be kept in " + settings.engine().data() + ": " + FileTrouble.of(e), e);
        }
    }

    /**
     * What an import into an empty directory would publish.
     *
     * @throws org.mawid.api.network.ScheduleRefusedException as the import would
     */
    public static String wouldDo(final NetworkFiles files, final Control.Import wanted, final Settings settings) {
        final Publication publication = Operations.publication(wanted, today(), daysAhead(settings));
        refuseUncovered(files, publication);
        final Schedule schedule = new Schedule(files.network());
        int days = 0;
        int withoutAny = 0;
        int clipped = 0;
        for (final var post : files.network().posts()) {
            final LocalDate last = publication.clip() ? schedule.lastCovered(post, publication.from(), publication.to()) : publication.to();
            int ofPost = 0;
            if (last != null) {
                for (final OpenDay day : schedule.openDays(post, publication.from(), last, publication.today())) {
                    ofPost += day.units() > 0 ? 1 : 0;
                }
            }
            days += ofPost;
            withoutAny += ofPost == 0 ? 1 : 0;
            clipped += last == null || last.isBefore(publication.to()) ? 1 : 0;
        }
        return files.network().posts().size() + " posts (" + withoutAny + " without open days), " + files.network().services().size() + " services, "
                + files.network().pools().size() + " desks and resources, " + days + " days of pools from " + publication.from() + " to " + publication.to()
                + (clipped == 0 ? "" : "; the holidays of " + clipped + " posts do not reach so far");
    }

    private static void refuseUncovered(final NetworkFiles files, final Publication publication) {
        if (!publication.clip()) {
            new Schedule(files.network()).openDays(publication.from(), publication.to(), publication.today());
        }
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private static int daysAhead(final Settings settings) {
        return (int) settings.number(EdgeSetting.CALENDAR_DAYS, 0, 400);
    }
}
