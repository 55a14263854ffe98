package org.mawid.api.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads all files in the order in which they need each other, checks them together, and gives a whole network or none. */
final class NetworkReader {
    private final Source source;
    private final Refusals refusals = new Refusals();

    NetworkReader(Source source) {
        this.source = source;
    }

    /** @throws NetworkRefusedException with every error found */
    Network read() throws IOException {
        final CatalogueFiles catalogue = new CatalogueFiles();
        read("chancery-rates.csv", CatalogueFiles.RATES, catalogue.rates, catalogue::rate);
        read("posts.csv", CatalogueFiles.POSTS, catalogue.posts, catalogue::post);
        read("resources.csv", CatalogueFiles.RESOURCES, catalogue.resources, catalogue::resource);
        read("services.csv", CatalogueFiles.SERVICES, catalogue.services, catalogue::service);
        read("desks.csv", CatalogueFiles.DESKS, catalogue.desks, catalogue::desk);
        read("post-services.csv", CatalogueFiles.POST_SERVICES, catalogue.served, catalogue::served);

        final CalendarFiles calendars = new CalendarFiles(catalogue.posts);
        read("opening-hours.csv", CalendarFiles.HOURS, calendars.hours, calendars::hours);
        readIfPresent("opening-hours-exceptional.csv", CalendarFiles.EXCEPTIONAL, calendars::exceptional);
        read("holidays-ma.csv", CalendarFiles.MOROCCAN, calendars.moroccanDays, calendars::moroccan);
        final List<String> hostFiles = source.hostHolidays();
        if (hostFiles.isEmpty()) refusals.add("host-holidays*.csv", 0, "", "is missing");
        for (String file : hostFiles) read(file, CalendarFiles.HOST, calendars.hostDays, calendars::host);
        read("ramadan.csv", CalendarFiles.RAMADAN, calendars.ramadanStarts, calendars::ramadan);

        final ModelFiles model = new ModelFiles(catalogue.posts, catalogue.services);
        final boolean mixIsWhole = readIfPresent("service-mix.csv", ModelFiles.MIX, model::share);
        final boolean sizesAreWhole = readIfPresent("visit-size.csv", ModelFiles.SIZES, model::size);
        readIfPresent("posts-load.csv", ModelFiles.LOADS, model::load);

        refuseEmpty("posts.csv", catalogue.posts);
        refuseEmpty("services.csv", catalogue.services);
        catalogue.checkTogether(calendars.hours, refusals);
        if (mixIsWhole) model.checkMix(refusals);
        if (sizesAreWhole) model.checkSizes(refusals);
        refusals.throwIfAny();

        final List<String> notices = new ArrayList<>();
        calendars.notice(notices);
        return new Network(catalogue.posts.inOrder(), catalogue.services.inOrder(), catalogue.numberedPools(), catalogue.rates.inOrder(),
                calendars.calendars(), model.mix, model.sizes, model.loads, notices);
    }

    /** A header without rows is a file that was cut off, not a network without posts. */
    private void refuseEmpty(String file, Codes<?> codes) {
        if (codes.isWhole() && codes.inOrder().isEmpty()) refusals.add(file, 0, "", "has no rows");
    }

    private void read(String file, List<String> columns, Codes<?> defines, Consumer<Row> each) throws IOException {
        if (!CsvFile.read(file, source.read(file), columns, refusals, each)) defines.incomplete();
    }

    /** @return whether it is there and every row was seen */
    private boolean readIfPresent(String file, List<String> columns, Consumer<Row> each) throws IOException {
        final byte[] bytes = source.read(file);
        return bytes != null && CsvFile.read(file, bytes, columns, refusals, each);
    }
}
