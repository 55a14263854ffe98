package org.mawid.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What an import refuses, one broken thing at a time, and how it says so. */
class RefusalTest {

    /** {file, line, text in it, what it becomes, the refusals that follow: one, and others only where another row needs what is gone}. */
    private static final String[][] SPOILT = {
        {"chancery-rates.csv", "2", "EUR", "EUX", "chancery-rates.csv:2 currency: EUX is not in ISO 4217",
            "posts.csv:2 currency: unknown currency with a rate, EUR"},
        {"chancery-rates.csv", "2", "10.80", "0.0", "chancery-rates.csv:2 mad_per_unit: 0.0 is not above 0 and at most 1000000000"},
        {"chancery-rates.csv", "2", "10.80", "0.0000001", "chancery-rates.csv:2 mad_per_unit: 0.0000001 has more than six decimals"},
        {"chancery-rates.csv", "2", "10.80", "10,8", "chancery-rates.csv:2: has 5 fields, the header 4"},
        {"chancery-rates.csv", "3", ",3,", ",2,", "chancery-rates.csv:3 minor_units: TND has 3 decimals, not 2"},
        {"chancery-rates.csv", "2", "2026-11-01", "2026-02-30", "chancery-rates.csv:2 date: 2026-02-30 is not in the calendar"},
        {"posts.csv", "2", "Europe/Paris", "Europe/Lyon", "posts.csv:2 timezone: \"Europe/Lyon\" is not a time zone known here"},
        {"posts.csv", "2", "Europe/Paris", "+01:00", "posts.csv:2 timezone: \"+01:00\" is not a time zone known here"},
        {"posts.csv", "2", "EUR", "CHF", "posts.csv:2 currency: unknown currency with a rate, CHF"},
        {"posts.csv", "2", ",FR,", ",FX,", "posts.csv:2 country_iso2: FX is not in ISO 3166"},
        {"posts.csv", "2", "SAT_SUN", "SUNDAY", "posts.csv:2 weekend: \"SUNDAY\" is none of [SAT_SUN, FRI_SAT]"},
        {"posts.csv", "2", "CONSULATE_GENERAL", "consulate_general", "posts.csv:2 kind: \"consulate_general\" is none of [EMBASSY, CONSULATE_GENERAL, CONSULATE]"},
        {"posts.csv", "2", "Consulat à Lyon", "Consulat\u0007", "posts.csv:2 name_fr: has a control character"},
        {"posts.csv", "2", "Consulat à Lyon", "\"Consulat\nà Lyon\"", "posts.csv:2 name_fr: has a control character"},
        {"posts.csv", "2", "Consulat à Lyon", "\u202Etalusnoc", "posts.csv:2 name_fr: has a control character"},
        {"posts.csv", "2", "Consulat à Lyon", " ", "posts.csv:2 name_fr: is empty"},
        {"posts.csv", "2", "MA-CG-LYON", "ma-cg-lyon", "posts.csv:2 code: \"ma-cg-lyon\" is not a code of capitals, digits, - and _"},
        {"posts.csv", "3", "MA-EM-TUNIS", "MA-CG-LYON", "posts.csv:3 code: MA-CG-LYON is already on line 2"},
        {"resources.csv", "2", ",2", ",0", "resources.csv:2 count: 0 is not within 1..255"},
        {"resources.csv", "3", ",24", ",256", "resources.csv:3 count: 256 is not within 1..255"},
        {"resources.csv", "2", ",2", ",٢", "resources.csv:2 count: \"٢\" is not a whole number"},
        {"resources.csv", "2", "BIOMETRIC_STATION", "COFFEE_MACHINE",
            "resources.csv:2 resource: \"COFFEE_MACHINE\" is none of [BIOMETRIC_STATION, ADOUL_PAIR, RECEPTION_SEAT]"},
        {"resources.csv", "2", "BIOMETRIC_STATION", "RECEPTION_SEAT", "resources.csv:3 resource: MA-CG-LYON RECEPTION_SEAT is already on line 2",
            "post-services.csv:2 service_code: PASSPORT_ADULT needs BIOMETRIC_STATION, which the post has not in resources.csv"},
        {"services.csv", "2", ",20,860", ",0,860", "services.csv:2 duration_minutes: 0 is not within 1..960"},
        {"services.csv", "2", ",20,860", ",961,860", "services.csv:2 duration_minutes: 961 is not within 1..960"},
        {"services.csv", "2", "860", "861", "services.csv:2 fee_components: add up to 860.00, the fee is 861.00"},
        {"services.csv", "2", "860", "-860", "services.csv:2 fee_mad: \"-860\" is not an amount in dirhams"},
        {"services.csv", "2", "STAMP:500", "TIP:500", "services.csv:2 fee_components: \"TIP\" is none of [RECEIPT, CHANCERY, STAMP, SERVICE, ADOUL]"},
        {"services.csv", "2", "STAMP:500", "STAMP", "services.csv:2 fee_components: \"STAMP\" has no amount in dirhams"},
        {"services.csv", "2", "STAMP:500;CHANCERY:300", "STAMP:500;STAMP:300", "services.csv:2 fee_components: STAMP twice"},
        {"services.csv", "2", "Photo;ID card", "Photo", "services.csv:2 documents_en: 1 documents, but 2 in documents"},
        {"services.csv", "2", "Photo;ID card", "Photo;", "services.csv:2 documents_en: \"Photo;\" has an empty part"},
        {"services.csv", "2", "false,1,STAMP", "no,1,STAMP", "services.csv:2 quantity_allowed: \"no\" is neither true nor false"},
        {"services.csv", "2", "false,1,STAMP", "false,3,STAMP", "services.csv:2 quantity_max: 3, but quantity_allowed is false"},
        {"services.csv", "3", "true,10,CHANCERY", "true,256,CHANCERY", "services.csv:3 quantity_max: 256 is not within 1..255"},
        {"services.csv", "2", "BIOMETRIC_STATION", "RECEPTION_SEAT", "services.csv:2 resources: RECEPTION_SEAT is needed by every visit and not named here"},
        {"services.csv", "2", "BIOMETRIC_STATION", "ADOUL_PAIR",
            "post-services.csv:2 service_code: PASSPORT_ADULT needs ADOUL_PAIR, which the post has not in resources.csv"},
        {"desks.csv", "2", "PASSPORT;OTHER", "PASSPORT;PASSPORT", "desks.csv:2 group: PASSPORT twice"},
        {"desks.csv", "2", ",3", ",300", "desks.csv:2 counters: 300 is not within 1..255"},
        {"desks.csv", "3", "D2", "D1", "desks.csv:3 desk_code: MA-CG-LYON D1 is already on line 2",
            "post-services.csv:3 desk_code: unknown desk MA-CG-LYON D2"},
        {"desks.csv", "3", "MA-CG-LYON", "MA-CG-NICE", "desks.csv:3 post_code: unknown post MA-CG-NICE",
            "post-services.csv:3 desk_code: unknown desk MA-CG-LYON D2"},
        {"post-services.csv", "3", "LEGALIZATION", "LEGALISATION", "post-services.csv:3 service_code: unknown service LEGALISATION"},
        {"post-services.csv", "3", "D2", "D9", "post-services.csv:3 desk_code: unknown desk MA-CG-LYON D9"},
        {"post-services.csv", "3", "D2", "D1", "post-services.csv:3 desk_code: D1 serves [PASSPORT, OTHER], not LEGALISATION"},
        {"post-services.csv", "4", "PICKUP", "PASSPORT_ADULT", "post-services.csv:4 service_code: MA-CG-LYON PASSPORT_ADULT is already on line 2"},
        {"opening-hours.csv", "2", "09:00,15:00", "15:00,09:00", "opening-hours.csv:2 close: 09:00 is not after 15:00"},
        {"opening-hours.csv", "2", "09:00,15:00", "09:00,09:00", "opening-hours.csv:2 close: 09:00 is not after 09:00"},
        {"opening-hours.csv", "2", "09:00,15:00", "09:03,15:00", "opening-hours.csv:2 open: 09:03 is not a multiple of 5 minutes"},
        {"opening-hours.csv", "2", "09:00,15:00", "9:00,15:00", "opening-hours.csv:2 open: \"9:00\" is not a time like 09:00"},
        {"opening-hours.csv", "2", "09:00,15:00", "09:00,25:00", "opening-hours.csv:2 close: 25:00 is not a time of day"},
        {"opening-hours.csv", "2", "09:00,15:00", "06:00,22:05", "opening-hours.csv:2 close: 965 minutes after opening, at most 960"},
        {"opening-hours.csv", "3", "10:00,12:00", "12:00,10:00", "opening-hours.csv:3 ramadan_close: 10:00 is not after 12:00"},
        {"opening-hours.csv", "3", "FRI", "MON", "opening-hours.csv:3 weekday: MA-CG-LYON MON is already on line 2"},
        {"opening-hours.csv", "3", "FRI", "Friday", "opening-hours.csv:3 weekday: \"Friday\" is none of [MON, TUE, WED, THU, FRI, SAT, SUN]"},
        {"opening-hours-exceptional.csv", "2", "2026-06-30", "2026-02-04", "opening-hours-exceptional.csv:2 valid_to: 2026-02-04 is before valid_from 2026-02-05"},
        {"holidays-ma.csv", "3", "2026-07-30", "2026-05-01", "holidays-ma.csv:3 date: 2026-05-01 is already on line 2"},
        {"holidays-ma.csv", "3", "2026-07-30", "30/07/2026", "holidays-ma.csv:3 date: \"30/07/2026\" is not a date like 2026-03-29"},
        {"external/host-holidays-2026.csv", "3", "TN,2026-03-20", "FR,2026-07-14", "external/host-holidays-2026.csv:3 date: FR 2026-07-14 is already on line 2"},
        {"ramadan.csv", "2", "2026-03-19", "2026-03-01", "ramadan.csv:2 end: makes Ramadan last 11 days"},
        {"ramadan.csv", "2", "2026,2026", "2027,2026", "ramadan.csv:2 start: 2026-02-19 is not in 2027"},
        {"service-mix.csv", "3", "39.5", "39.4", "service-mix.csv share_of_services_pct: adds up to 99.9, not to 100"},
        {"service-mix.csv", "3", "39.5", "-39.5", "service-mix.csv:3 share_of_services_pct: \"-39.5\" is not a decimal number"},
        {"visit-size.csv", "3", "2+", "many", "visit-size.csv:3 size: \"many\" is not a size like 3 or 4+"},
        {"visit-size.csv", "3", ",20,", ",19,", "visit-size.csv share_pct: SERVICES adds up to 99, not to 100"},
        {"posts-load.csv", "2", "MA-CG-LYON", "MA-CG-NICE", "posts-load.csv:2 code: unknown post MA-CG-NICE"},
    };

    @TestFactory
    Stream<DynamicTest> givenOneWrongValue_thenRefusedWithFileLineColumnAndReason() {
        return Stream.of(SPOILT).map(spoilt -> DynamicTest.dynamicTest(spoilt[4], () ->
                assertThat(refusals(network -> network.line(spoilt[0], Integer.parseInt(spoilt[1]), spoilt[2], spoilt[3])))
                        .containsExactly(Arrays.copyOfRange(spoilt, 4, spoilt.length))));
    }

    @TestFactory
    Stream<DynamicTest> givenFilesThatDoNotFitTogether_thenRefusedWithTheRowThatLacksSomething() {
        final Map<String, UnaryOperator<SmallNetwork>> spoilt = Map.of(
                "posts.csv: is missing", network -> network.without("posts.csv"),
                "host-holidays*.csv: is missing", network -> network.without("external/host-holidays-2026.csv"),
                "posts.csv: has no rows", network -> network.file("posts.csv", header(network, "posts.csv")),
                "desks.csv:2 post_code: the post has no opening hours",
                    network -> network.file("opening-hours.csv", header(network, "opening-hours.csv")),
                "desks.csv:2 post_code: the post has no RECEPTION_SEAT in resources.csv, and every visit needs one",
                    network -> network.file("resources.csv", header(network, "resources.csv"), "MA-CG-LYON,BIOMETRIC_STATION,2"),
                "desks.csv:4 desk_code: D3 serves nothing in post-services.csv", network -> network.line("desks.csv", 4, "MA-CG-LYON,D3,VISA,1"),
                "resources.csv:4 post_code: the post has no desk", network -> network.line("resources.csv", 4, "MA-EM-TUNIS,RECEPTION_SEAT,6"),
                "opening-hours-exceptional.csv:3 valid_from: overlaps the hours for SUN from 2026-02-05 to 2026-06-30",
                    network -> network.line("opening-hours-exceptional.csv", 3, "MA-CG-LYON,SUN,10:00,12:00,2026-06-30,2026-07-31"),
                "ramadan.csv:3 start: overlaps the Ramadan that starts on 2026-02-19",
                    network -> network.line("ramadan.csv", 3, "2026,2026-03-19,2026-04-16"));
        return spoilt.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(entry -> DynamicTest.dynamicTest(entry.getKey(), () ->
                assertThat(refusals(entry.getValue())).contains(entry.getKey())));
    }

    @Test
    void givenAMissingFile_whenOthersNeedItsCodes_thenOnlyTheFileIsReported() {
        assertThat(refusals(network -> network.without("posts.csv"))).containsExactly("posts.csv: is missing");
        assertThat(refusals(network -> network.without("services.csv"))).containsExactly("services.csv: is missing");
    }

    @Test
    void givenABadPost_whenDesksAndHoursNameIt_thenItIsOneErrorAndNotTen() {
        assertThat(refusals(network -> network.line("posts.csv", 2, "Europe/Paris", "Mars/Base"))).hasSize(1);
    }

    @Test
    void givenAHeaderThatLacksAColumn_thenTheColumnIsNamedAndTheRowsAreLeft() {
        assertThat(refusals(network -> network.line("desks.csv", 1, "counters", "places"))).containsExactly("desks.csv:1 counters: the column is missing");
        assertThat(refusals(network -> network.line("desks.csv", 1, "counters", "counters,counters"))).containsExactly("desks.csv:1: has the column counters twice");
        assertThat(refusals(network -> network.file("desks.csv", new byte[0]))).containsExactly("desks.csv:1: has no header");
    }

    @Test
    void givenAMobileDesk_thenItsPlaceMayBeSaidAndNotTooMuchOfIt() {
        final Network said = new SmallNetwork().file("desks.csv", "post_code,desk_code,group,counters,place", "MA-CG-LYON,D1,PASSPORT;OTHER,3,", "MA-CG-LYON,D2,LEGALISATION,1,Villeurbanne").read();
        assertThat(NetworkNames.of(said).place("MA-CG-LYON", "D2")).isEqualTo("Villeurbanne");
        assertThat(NetworkNames.of(said).place("MA-CG-LYON", "D1")).isNull();
        assertThat(refusals(network -> network.file("desks.csv", "post_code,desk_code,group,counters,place", "MA-CG-LYON,D1,PASSPORT;OTHER,3,", "MA-CG-LYON,D2,LEGALISATION,1," + "x".repeat(201))))
                .contains("desks.csv:3 place: has 201 characters, 200 at most");
    }

    @Test
    void givenAQuoteThatDoesNotEnd_thenTheLineWhereItBegins() {
        assertThat(refusals(network -> network.line("desks.csv", 2, "D1", "\"D1"))).containsExactly(
                "desks.csv:2: cannot be read from here on: a quoted field that does not end, or text after its end");
        assertThat(refusals(network -> network.line("desks.csv", 3, "D2", "\"D2\"x"))).containsExactly(
                "desks.csv:3: cannot be read from here on: a quoted field that does not end, or text after its end");
    }

    @Test
    void givenBytesThatAreNotUtf8_thenTheLineWhereTheyAre() {
        final byte[] latin1 = "date,name_fr\n2026-05-01,ok\n2026-07-30,Fête du trône\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(refusals(network -> network.file("holidays-ma.csv", latin1))).containsExactly("holidays-ma.csv:3: is not UTF-8");
        final byte[] cut = Arrays.copyOf("date,name_fr\n2026-05-01,é".getBytes(StandardCharsets.UTF_8), 25);
        assertThat(refusals(network -> network.file("holidays-ma.csv", cut))).containsExactly("holidays-ma.csv:2: is not UTF-8");
    }

    @Test
    void givenAFileTooLarge_thenRefusedUnread() {
        assertThat(refusals(network -> network.file("holidays-ma.csv", new byte[Source.MAX_BYTES + 1])))
                .containsExactly("holidays-ma.csv: is larger than " + Source.MAX_BYTES + " bytes");
    }

    @Test
    void givenSeveralErrorsInSeveralFiles_thenAllAreToldAtOnceInReadingOrder() {
        assertThat(refusals(network -> network
                .line("posts.csv", 2, "Europe/Paris,EUR,SAT_SUN", "Mars/Base,XXL,NEVER")
                .line("desks.csv", 3, ",1", ",0")
                .line("ramadan.csv", 2, "2026-03-19", "soon"))).containsExactly(
                "posts.csv:2 timezone: \"Mars/Base\" is not a time zone known here",
                "posts.csv:2 currency: unknown currency with a rate, XXL",
                "posts.csv:2 weekend: \"NEVER\" is none of [SAT_SUN, FRI_SAT]",
                "desks.csv:3 counters: 0 is not within 1..255",
                "ramadan.csv:2 end: \"soon\" is not a date like 2026-03-29");
    }

    @Test
    void givenAFileOfRubbish_thenOneHundredReasonsAndTheCountOfTheRest() {
        final StringBuilder rubbish = new StringBuilder("date,name_fr\n");
        for (int i = 0; i < 250; i++) rubbish.append("never,x\n");
        final NetworkRefusedException refused = refused(network -> network.file("holidays-ma.csv", rubbish.toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(refused.refusals()).hasSize(100);
        assertThat(refused.total()).isEqualTo(250);
        assertThat(refused).hasMessageStartingWith("network refused, 250 errors").hasMessageEndingWith("and 150 more");
    }

    @Test
    void givenMorePoolsThanAPostCanHave_thenRefused() {
        final String[] desks = new String[64];
        final String[] served = new String[64];
        desks[0] = "post_code,desk_code,group,counters";
        served[0] = "post_code,service_code,desk_code";
        final SmallNetwork network = new SmallNetwork();
        for (int i = 1; i < 64; i++) {
            desks[i] = "MA-CG-LYON,D" + i + ",LEGALISATION,1";
            served[i] = "MA-CG-LYON,S" + i + ",D" + i;
            network.line("services.csv", 4 + i, "S" + i + ",n,n,n,n,10,0,false,true,,,ANY_POST,LEGALISATION,false,,false,1,");
        }
        network.file("desks.csv", desks).file("post-services.csv", served);
        assertThat(catchThrowableOfType(NetworkRefusedException.class, network::read).refusals()).extracting(Refusal::toString)
                .containsExactly("desks.csv post_code: MA-CG-LYON has 65 desks and resources, at most 64");
    }

    @Test
    void givenMoreServicesThanTheLogNumbers_thenTheFirstTooManyIsRefused() {
        final SmallNetwork network = new SmallNetwork();
        for (int i = 4; i <= 129; i++) network.line("services.csv", i + 1, "S" + i + ",n,n,n,n,10,0,false,true,,,ANY_POST,OTHER,false,,false,1,");
        assertThat(catchThrowableOfType(NetworkRefusedException.class, network::read).refusals()).extracting(Refusal::toString)
                .containsExactly("services.csv:130 code: is one service more than 128");
    }

    private static List<String> refusals(UnaryOperator<SmallNetwork> spoil) {
        return refused(spoil).refusals().stream().map(Refusal::toString).toList();
    }

    private static NetworkRefusedException refused(UnaryOperator<SmallNetwork> spoil) {
        final SmallNetwork network = spoil.apply(new SmallNetwork());
        final NetworkRefusedException refused = catchThrowableOfType(NetworkRefusedException.class, network::read);
        assertThat(refused).as("must be refused").isNotNull();
        return refused;
    }

    private static String header(SmallNetwork network, String file) {
        return new String(network.read(file), StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
    }
}
