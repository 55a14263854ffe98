package org.mawid.bench.kingdom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mawid.api.network.Network;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.LineState;
import org.mawid.sbe.StampState;

/** Histories that nobody listens to: what they say, and how often. */
class HistoryTest {
    private static final int APPOINTMENTS = 40_000;
    private static Realm realm;
    private static History history;
    private static Nowhere way;

    @BeforeAll
    static void tell() throws Exception {
        realm = new Realm(Network.bundled(), History.appointmentsPerApplication());
        way = new Nowhere(new Cases(), true);
        history = told(way, 1, APPOINTMENTS);
    }

    private static History told(final Nowhere way, final long seed, final int appointments) throws Exception {
        final History told = new History(realm, way.cases(), way, seed, appointments, 30);
        while (told.goesOn()) {
            told.step();
        }
        told.finish();
        return told;
    }

    @Test
    void givenASeed_whenToldAgain_thenEveryByteIsTheSame_andAnotherSeedSaysSomethingElse() throws Exception {
        final Nowhere again = new Nowhere(new Cases(), true);
        final Nowhere same = new Nowhere(new Cases(), true);
        final Nowhere other = new Nowhere(new Cases(), true);
        told(again, 5, 3_000);
        told(same, 5, 3_000);
        told(other, 6, 3_000);

        assertThat(same.checksum()).isEqualTo(again.checksum()).isNotZero();
        assertThat(same.commands()).isEqualTo(again.commands());
        assertThat(other.checksum()).isNotEqualTo(again.checksum());
    }

    @Test
    void givenAHistory_whenItIsOver_thenEveryLifeHasEndedAndAsManyAppointmentsWereConfirmedAsWereAskedFor() {
        final Books books = history.books();

        assertThat(history.confirmed()).isEqualTo(APPOINTMENTS);
        assertThat(books.allAppointments()).isEqualTo(APPOINTMENTS);
        assertThat(books.appointments(AppointmentState.SERVED) + books.appointments(AppointmentState.CANCELLED) + books.appointments(AppointmentState.NO_SHOW))
                .isEqualTo(APPOINTMENTS);
        assertThat(books.byName().get("lines." + LineState.FULFILLED) + books.byName().get("lines." + LineState.WITHDRAWN)).isEqualTo(books.allLines());
        assertThat(way.cases().openCount()).isZero();
    }

    @Test
    void givenAHistory_whenCounted_thenItHasTheSharesOfTheModel() {
        final Books books = history.books();
        final double all = APPOINTMENTS;

        assertThat((books.appointments(AppointmentState.CANCELLED) + books.moves()) / all).as("cancelled or moved").isCloseTo(0.15, within(0.01));
        assertThat(books.appointments(AppointmentState.NO_SHOW) / all).as("no-show").isCloseTo(0.12, within(0.01));
        assertThat(history.servicesBooked() / all).as("services of an appointment").isCloseTo(1.56, within(0.03));
        assertThat(history.stampsIssued() / all).as("stamps for an appointment").isCloseTo(0.875, within(0.03));
        assertThat(books.applications() / all).as("who comes back brings no new application").isCloseTo(0.89, within(0.015));
        assertThat(books.byName().get("stamps." + StampState.VOID) / (double) books.allStamps()).as("void with what was withdrawn").isBetween(0.05, 0.20);
        final double units = (books.units(AppointmentState.SERVED) + books.units(AppointmentState.NO_SHOW) + books.units(AppointmentState.CANCELLED)) / all;
        assertThat(units * 5).as("minutes at a desk for an appointment").isCloseTo(21.8, within(1.0));
    }

    @Test
    void givenTheModelledPosts_whenCounted_thenNobodyHasOnlyVisitsOfOneUnit() {
        final Books books = history.books();

        assertThat(books.byName().get("legs")).isGreaterThan(APPOINTMENTS);
        assertThat(books.units(AppointmentState.SERVED) / (double) books.byName().get("legs." + AppointmentState.SERVED)).isGreaterThan(2.0);
    }
}
