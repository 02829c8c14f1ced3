"""Everybody who handed something in, each under a key of their own."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import PurePosixPath

from pathkit.classroom.collecting.students import FROM_CANVAS, FROM_FILE, Student


class People:
    """Everybody seen so far. Different names that would share a key are kept apart."""

    def __init__(self, remarks: list[str], names: Mapping[str, str]):
        self.remarks = remarks
        self.names = names
        self.by_key: dict[str, Student] = {}

    def known(self, student: Student, path: PurePosixPath | None = None) -> Student:
        """The student, under a key that nobody else has."""
        if student.how == FROM_CANVAS and (full := self.names.get(student.number)):
            student = dataclasses.replace(student, name=full)
        key, number = student.key, 1
        while (other := self.by_key.get(key)) is not None:
            if (other.name, other.number) == (student.name, student.number):
                return other
            number += 1
            key = f"{student.key}-{number}"
        if number > 1:
            self.remarks.append(
                f"{student.name!r} and {self.by_key[student.key].name!r} are taken for two "
                f"students; the key of the former is {key}"
            )
            student = dataclasses.replace(student, key=key)
        if student.how == FROM_FILE and path is not None:
            self.remarks.append(f"{path}: taken for {student.name}'s, by the file's name")
        self.by_key[key] = student
        return student

    def all(self) -> tuple[Student, ...]:
        """In the order of their keys."""
        return tuple(sorted(self.by_key.values(), key=lambda s: s.key))
