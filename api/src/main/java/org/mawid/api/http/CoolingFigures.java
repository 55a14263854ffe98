package org.mawid.api.http;

/** What is counted of room that was given back and is kept for those who wait. Any thread. */
public interface CoolingFigures {
    /** Of a server that is not there yet. */
    CoolingFigures NONE = new CoolingFigures() {
        @Override
        public int rooms() {
            return 0;
        }

        @Override
        public int untold() {
            return 0;
        }
    };

    /** Visits and holds whose room cools. */
    int rooms();

    /** Those of which nobody has said when that ends. */
    int untold();
}
