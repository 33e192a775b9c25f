"""A QMainWindow with nothing in it: prints when it was first painted, in milliseconds of `time.time()`."""

import sys
import time

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Window(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt calls it by this name
        super().paintEvent(event)
        sys.stdout.write(f"{time.time() * 1000}\n")
        QApplication.quit()


def main() -> int:
    application = QApplication(sys.argv[:1])
    window = Window()
    window.resize(1280, 800)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
