package org.mawid.api.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One post with two desks, in memory, to be spoilt one line at a time. */
final class SmallNetwork implements Source {
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    SmallNetwork() {
        file("chancery-rates.csv", "currency,mad_per_unit,minor_units,date", "EUR,10.80,2,2026-11-01", "TND,3.19,3,2026-11-01");
        file("posts.csv", "code,kind,city,country_iso2,name_fr,timezone,currency,weekend,name_ar,name_en,name_es",
                "MA-CG-LYON,CONSULATE_GENERAL,Lyon,FR,Consulat à Lyon,Europe/Paris,EUR,SAT_SUN,القنصلية العامة بليون,Consulate in Lyon,Consulado en Lyon",
                "MA-EM-TUNIS,EMBASSY,Tunis,TN,Ambassade à Tunis,Africa/Tunis,TND,SAT_SUN,السفارة بتونس,Embassy in Tunis,Embajada en Túnez");
        file("resources.csv", "post_code,resource,count", "MA-CG-LYON,BIOMETRIC_STATION,2", "MA-CG-LYON,RECEPTION_SEAT,24");
        file("services.csv", "code,name_fr,name_ar,name_en,name_es,duration_minutes,fee_mad,validation_required,appointment_required,"
                        + "documents,documents_en,scope,group,urgent,resources,quantity_allowed,quantity_max,fee_components",
                "PASSPORT_ADULT,Passeport,جواز السفر,Passport,Pasaporte,20,860,true,true,Photo;CNIE,Photo;ID card,ANY_POST,PASSPORT,false,"
                        + "BIOMETRIC_STATION,false,1,STAMP:500;CHANCERY:300;SERVICE:60",
                "LEGALIZATION,Légalisation,تصديق,Legalisation,Legalización,10,60,false,true,,,ANY_POST,LEGALISATION,false,,true,10,CHANCERY:60",
                "PICKUP,Retrait,سحب,Collection,Recogida,5,0,false,false,,,REGISTERED_POST,OTHER,true,,true,5,");
        file("desks.csv", "post_code,desk_code,group,counters", "MA-CG-LYON,D1,PASSPORT;OTHER,3", "MA-CG-LYON,D2,LEGALISATION,1");
        file("post-services.csv", "post_code,service_code,desk_code", "MA-CG-LYON,PASSPORT_ADULT,D1", "MA-CG-LYON,LEGALIZATION,D2", "MA-CG-LYON,PICKUP,D1");
        file("opening-hours.csv", "post_code,weekday,open,close,ramadan_open,ramadan_close",
                "MA-CG-LYON,MON,09:00,15:00,09:00,14:00", "MA-CG-LYON,FRI,09:00,13:00,10:00,12:00");
        file("opening-hours-exceptional.csv", "post_code,weekday,open,close,valid_from,valid_to", "MA-CG-LYON,SUN,09:00,14:00,2026-02-05,2026-06-30");
        file("holidays-ma.csv", "date,name_fr", "2026-05-01,Fête du travail", "2026-07-30,Fête du trône");
        file("external/host-holidays-2026.csv", "country_iso2,date,name", "FR,2026-07-14,Fête nationale", "TN,2026-03-20,Indépendance");
        file("ramadan.csv", "year,start,end", "2026,2026-02-19,2026-03-19");
        file("service-mix.csv", "service_code,share_of_services_pct", "PASSPORT_ADULT,60.5", "LEGALIZATION,39.5");
        file("visit-size.csv", "measure,size,share_pct,mean_size", "SERVICES,1,80,1.0", "SERVICES,2+,20,2.3", "PERSONS,1,100,1.0");
        file("posts-load.csv", "code,share_pct,appointments_per_year,slots_per_year,slots_per_day,peak_day_slots", "MA-CG-LYON,100,4000,4700,20,30");
    }

    /** Replaces a file. */
    SmallNetwork file(String name, String... lines) {
        return file(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    SmallNetwork file(String name, byte[] bytes) {
        files.put(name, bytes);
        return this;
    }

    SmallNetwork without(String name) {
        files.remove(name);
        return this;
    }

    /** Replaces one line; the header is line 1, a line after the last is added. */
    SmallNetwork line(String name, int line, String with) {
        final List<String> lines = new ArrayList<>(new String(files.get(name), StandardCharsets.UTF_8).lines().toList());
        if (line > lines.size()) lines.add(with);
        else lines.set(line - 1, with);
        return file(name, lines.toArray(String[]::new));
    }

    /** Replaces a piece of text in one line, which must have it. */
    SmallNetwork line(String name, int line, String piece, String with) {
        final String old = new String(files.get(name), StandardCharsets.UTF_8).lines().skip(line - 1).findFirst().orElseThrow();
        if (!old.contains(piece)) throw new AssertionError(piece + " is not in: " + old);
        return line(name, line, old.replace(piece, with));
    }

    Network read() {
        try {
            return new NetworkReader(this).read();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public byte[] read(String name) {
        return files.get(name);
    }

    @Override
    public List<String> hostHolidays() {
        return files.keySet().stream().filter(name -> name.contains("host-holidays")).sorted().toList();
    }
}
