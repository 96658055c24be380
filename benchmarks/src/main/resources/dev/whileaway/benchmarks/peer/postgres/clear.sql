WITH seen AS (DELETE FROM events WHERE user_id = ?) DELETE FROM due WHERE user_id = ?
