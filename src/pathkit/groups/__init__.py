"""A group that meets without a teacher: a shared folder, a board, meetings, agendas."""
