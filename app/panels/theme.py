"""The look of the window: one set of tokens a theme, from which palette and style sheet follow.

Reading sizes are 13 and 11 px, figures 17 and 34; spacing goes in steps of 4; there is one
accent; amber is for warnings only, red for active trigger points only.
"""

from dataclasses import dataclass, fields
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.canvas.look import MapLook
from app.painting.fonts import FAMILY
from app.panels.touch import touch_sheet
from app.paths import ICONS


@dataclass(frozen=True, slots=True)
class Theme:
    dark: bool
    ground: str
    panel: str
    raised: str
    edge: str
    edge_strong: str
    text: str
    faint: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    amber: str
    amber_soft: str
    trouble: str
    trouble_soft: str

    @property
    def map_look(self) -> MapLook:
        return MapLook(
            ground=QColor(self.ground),
            card=QColor(self.panel),
            edge=QColor(self.edge),
            accent=QColor(self.accent),
            text=QColor(self.text),
            faint=QColor(self.faint),
            skin=0.86 if self.dark else 1.0,
        )


LIGHT = Theme(
    dark=False,
    ground="#F8F7F6",
    panel="#FFFFFF",
    raised="#FFFFFF",
    edge="#E4E1DE",
    edge_strong="#C9C4BF",
    text="#1E2124",
    faint="#66625E",
    accent="#0E6B6B",
    accent_hover="#0A5656",
    accent_soft="#E4F0EF",
    on_accent="#FFFFFF",
    amber="#9A4A08",
    amber_soft="#FDEFE3",
    trouble="#A01C17",
    trouble_soft="#FCE9E7",
)
DARK = Theme(
    dark=True,
    ground="#191A1D",
    panel="#202225",
    raised="#282A2E",
    edge="#35383C",
    edge_strong="#4C5056",
    text="#ECEBE9",
    faint="#A6A39F",
    accent="#5BC6C0",
    accent_hover="#7BD6D1",
    accent_soft="#1E3634",
    on_accent="#10201F",
    amber="#FFAF66",
    amber_soft="#3B2B1B",
    trouble="#FF9A92",
    trouble_soft="#42211F",
)


def system_theme() -> Theme:
    """Light or dark, as the system asks."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def apply(app: QApplication, theme: Theme) -> None:
    """Dresses the whole program."""
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette(theme))
    font = QFont(FAMILY)
    font.setPixelSize(13)
    app.setFont(font)
    dress(app, theme)


def dress(app: QApplication, theme: Theme) -> None:
    """Sets the style sheet anew, as touch mode asks for."""
    tokens = {field.name: getattr(theme, field.name) for field in fields(theme)}
    lightness = "dark" if theme.dark else "light"
    icons = {name: (ICONS / f"{name}-{lightness}.svg").as_posix() for name in ("check", "chevron")}
    sheet = _SHEET.substitute(tokens, family=FAMILY, **icons)
    app.setStyleSheet(sheet + touch_sheet())


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for roles, colour in (
        ((role.Window, role.Button), theme.panel),
        ((role.Base, role.AlternateBase, role.ToolTipBase), theme.raised),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), theme.text),
        ((role.PlaceholderText,), theme.faint),
        ((role.Highlight, role.Link, role.Accent), theme.accent),
        ((role.HighlightedText,), theme.on_accent),
        ((role.Mid, role.Midlight, role.Dark, role.Shadow), theme.edge),
        ((role.Light,), theme.raised),
    ):
        for each in roles:
            palette.setColor(each, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, each, QColor(theme.faint))
    return palette


_SHEET = Template("""
* { font-family: "$family"; }
QMainWindow, QDialog { background: $panel; }
QWidget#header { background: $panel; border-bottom: 1px solid $edge; }
QWidget#left { background: $panel; border-right: 1px solid $edge; }
QWidget#right { background: $panel; border-left: 1px solid $edge; }
QWidget#ground, QWidget#patients { background: $ground; }
QWidget#lower { background: $panel; border-top: 1px solid $edge; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }

QLabel { color: $text; background: transparent; }
QLabel#name { font-size: 17px; font-weight: 700; }
QLabel#title { font-size: 22px; font-weight: 700; }
QLabel#figure { font-size: 34px; font-weight: 700; color: $accent; }
QLabel#clock { font-size: 17px; font-weight: 600; }
QLabel#clock[lit="true"] { color: $on_accent; background: $accent; border-radius: 6px; }
QLabel#section { font-size: 11px; font-weight: 600; color: $faint; }
QLabel#strong { font-weight: 600; }
QLabel#faint { color: $faint; }
QLabel#small { font-size: 11px; color: $faint; }
QLabel#fault { font-size: 11px; color: $trouble; }
QLabel#warning { color: $amber; background: $amber_soft; border-radius: 11px;
    padding: 3px 10px; font-weight: 600; }
QLabel#paper { background: #FFFFFF; color: #66625E; border: 1px solid $edge_strong;
    border-radius: 6px; }
QFrame#rule { background: $edge; border: none; }
QFrame#band { background: $amber_soft; border-bottom: 1px solid $edge; }
QFrame#notice { background: $amber_soft; border-left: 3px solid $amber; border-radius: 4px; }
QFrame#notice QLabel { font-size: 11px; font-weight: 500; }
QLabel#warningText { color: $amber; font-weight: 600; }
QLabel#warningSmall { color: $amber; font-weight: 600; font-size: 11px; }
QFrame#signed { background: $accent_soft; border-bottom: 1px solid $edge; }
QLabel#amber { color: $amber; }
QFrame#card { background: $raised; border: 1px solid $edge; border-radius: 10px; }
QFrame#counter { background: $accent_soft; border-radius: 10px; }
QFrame#counter[overdue="true"] { background: $amber_soft; }
QFrame#counter[overdue="true"] QLabel#figure, QFrame#counter[overdue="true"] QLabel#small {
    color: $amber; }
QFrame#pointer { background: $panel; border: 1px solid $edge; border-radius: 8px; }
QFrame#tools { background: $panel; border: 1px solid $edge; border-radius: 10px; }
QFrame#palette { background: $raised; border: 1px solid $edge_strong; border-radius: 12px; }
QFrame#message { background: $raised; border: 1px solid $edge_strong; border-radius: 8px; }
QFrame#trouble { background: $trouble_soft; border: 1px solid $trouble; border-radius: 8px; }
QFrame#trouble QLabel { color: $trouble; }
QFrame#grave { background: $trouble_soft; border-left: 3px solid $trouble; border-radius: 4px; }
QFrame#caution { background: $amber_soft; border-left: 3px solid $amber; border-radius: 4px; }

QPushButton { color: $text; background: $raised; border: 1px solid $edge_strong;
    border-radius: 7px; padding: 6px 14px; min-height: 18px; font-weight: 500; }
QPushButton:hover { border-color: $accent; color: $accent; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton:disabled { color: $faint; border-color: $edge; background: transparent; }
QPushButton#primary { background: $accent; border-color: $accent; color: $on_accent;
    font-weight: 600; }
QPushButton#primary:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton#primary:focus { border: 2px solid $text; }
QPushButton#primary:disabled { background: $edge; border-color: $edge; color: $faint; }
QPushButton#quiet { border-color: transparent; background: transparent; color: $accent;
    padding: 4px 8px; font-weight: 600; }
QPushButton#quiet:hover { background: $accent_soft; }
QPushButton#quiet:focus { border: 2px solid $accent; padding: 3px 7px; }

QToolButton { color: $text; background: transparent; border: 1px solid transparent;
    border-radius: 8px; padding: 4px; }
QToolButton:hover { background: $accent_soft; }
QToolButton:focus { border: 1px solid $accent; }
QToolButton#views { color: $accent; font-weight: 600; padding: 4px 20px 4px 8px; }
QToolButton#chip { border: 1px solid $edge_strong; background: $raised; font-size: 11px;
    padding: 2px 6px 2px 3px; }
QToolButton#chip:hover { border-color: $accent; color: $accent; }
QToolButton#chip:focus, QToolButton#chip:checked { border: 2px solid $accent;
    padding: 1px 5px 1px 2px; }
QToolButton#views::menu-indicator { image: url("$chevron"); width: 12px; height: 12px;
    subcontrol-position: right center; right: 5px; }
QToolButton#segment { border: 1px solid $edge_strong; border-radius: 0; padding: 4px 2px;
    margin-left: -1px; background: $raised; }
QToolButton#segment[place="first"] { border-top-left-radius: 6px;
    border-bottom-left-radius: 6px; margin-left: 0; }
QToolButton#segment[place="last"] { border-top-right-radius: 6px;
    border-bottom-right-radius: 6px; }
QToolButton#segment[place="only"] { border-radius: 6px; margin-left: 0; }
QToolButton#segment:hover { color: $accent; }
QToolButton#segment:checked { background: $accent; color: $on_accent; border-color: $accent;
    font-weight: 600; }
QToolButton#segment:focus { border: 2px solid $accent; padding: 3px 1px; }
QToolButton#segment:checked:focus { border: 2px solid $text; padding: 3px 1px; }
QToolButton#segment:disabled { color: $faint; }
QToolButton#segment:checked:disabled { background: $edge; color: $text; border-color: $edge; }
QToolButton#row { border: 1px solid $edge; border-radius: 6px; padding: 4px 8px; }
QToolButton#row:checked { background: $accent_soft; border-color: $accent; font-weight: 600; }
QToolButton#row:focus { border: 2px solid $accent; padding: 3px 7px; }
QToolButton#answer { border: 1px solid $edge_strong; border-radius: 8px; background: $raised;
    padding: 4px 8px; font-weight: 600; }
QToolButton#answer:hover { color: $accent; border-color: $accent; }
QToolButton#answer:checked { background: $accent; color: $on_accent; border-color: $accent; }
QToolButton#answer:focus { border: 2px solid $accent; padding: 3px 7px; }
QToolButton#answer:checked:focus { border: 2px solid $text; }
QToolButton#answer:disabled { color: $faint; }
QToolButton#answer:checked:disabled { background: $edge; color: $text; border-color: $edge; }

QLineEdit, QPlainTextEdit, QDateEdit, QSpinBox, QComboBox {
    color: $text; background: $raised; border: 1px solid $edge_strong; border-radius: 7px;
    padding: 5px 9px; selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $faint; }
QLineEdit:focus, QPlainTextEdit:focus, QDateEdit:focus, QSpinBox:focus, QComboBox:focus {
    border: 2px solid $accent; padding: 4px 8px; }
QLineEdit[fault="true"], QPlainTextEdit[fault="true"] {
    border: 2px solid $trouble; padding: 4px 8px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled { color: $faint; }
QLineEdit#search { font-size: 15px; padding: 9px 14px; border-radius: 9px; }
QLineEdit#search:focus { padding: 8px 13px; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("$chevron"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $edge_strong;
    selection-background-color: $accent_soft; selection-color: $text; padding: 4px; }

QCheckBox { border: 2px solid transparent; border-radius: 5px; padding: 2px; color: $text; }
QCheckBox:focus { border-color: $accent; }
QCheckBox::indicator, QListView::indicator { border: 1px solid $edge_strong; border-radius: 3px;
    background: $raised; width: 13px; height: 13px; }
QCheckBox::indicator:checked, QListView::indicator:checked { border-color: $accent;
    background: $accent; image: url("$check"); }
QCheckBox::indicator:disabled { border-color: $edge; background: transparent; }
QCheckBox::indicator:checked:disabled { background: $edge_strong; border-color: $edge_strong; }
QCheckBox:disabled { color: $faint; }
QScrollArea:focus { border: 2px solid $accent; }
QListView { background: transparent; border: none; outline: none; }
QListView#rows::item { padding: 6px 8px; border-radius: 5px; color: $text; }
QListView#rows::item:selected { background: $accent_soft; }
QListView#patients { background: $raised; border: 1px solid $edge; border-radius: 10px;
    padding: 5px; }
QTableView { background: $raised; border: 1px solid $edge; border-radius: 10px; outline: none;
    selection-background-color: $accent_soft; selection-color: $text; }
QTableView:focus { border: 2px solid $accent; }
QTableView::item { padding: 0 5px; border: none; border-bottom: 1px solid $edge; color: $text; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: transparent; }
QHeaderView::section { background: $panel; color: $faint; border: none;
    border-bottom: 1px solid $edge_strong; padding: 6px 8px; font-size: 11px; font-weight: 600; }
QTabBar { background: transparent; }
QTabBar::tab { color: $faint; padding: 8px 14px; border: none; border-bottom: 3px solid transparent;
    font-weight: 600; }
QTabBar::tab:hover { color: $accent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { background: $accent_soft; }
QScrollArea#how { border: none; border-top: 1px solid $edge_strong; }
QTableView#figures { background: transparent; border: none; outline: none; color: $text;
    selection-background-color: $accent_soft; selection-color: $text; }
QTableView#figures::item { padding: 3px 10px; border-bottom: 1px solid $edge; }
QTableView#figures::item:focus { border: 2px solid $accent; padding: 2px 9px; }
QTableView#figures QHeaderView { background: transparent; border: none; }
QTableView#figures QHeaderView::section { background: transparent; color: $faint; border: none;
    border-bottom: 1px solid $edge_strong; padding: 5px 14px; font-size: 11px; font-weight: 600; }
QMenuBar { background: $panel; color: $text; border-bottom: 1px solid $edge; padding: 1px 8px; }
QMenuBar::item { padding: 5px 9px; background: transparent; border-radius: 5px; }
QMenuBar::item:selected { background: $accent_soft; }
QMenu { background: $raised; color: $text; border: 1px solid $edge_strong; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 14px; border-radius: 5px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $edge; margin: 5px 8px; }
QProgressBar { background: $edge; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QStatusBar { background: $accent_soft; border-top: 1px solid $edge; }
QStatusBar::item { border: none; }
QToolTip { color: $text; background: $raised; border: 1px solid $edge_strong; padding: 4px 6px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $edge_strong; border-radius: 3px; min-height: 28px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    height: 0; background: transparent; }
QScrollBar:horizontal { height: 0; }
QTableView#places { background: transparent; border: none; border-top: 1px solid $edge;
    border-radius: 0; outline: none; color: $text; font-size: 11px; padding: 0; }
QTableView#places:focus { border: none; border-top: 1px solid $accent; }
QTableView#places::item { border: none; padding: 0 2px; }
QTableView#places::item:selected { background: $accent_soft; color: $text; }
QTableView#places::item:focus { border: 1px solid $accent; }
QTableView#places QHeaderView, QTableView#places QHeaderView::section { background: transparent;
    border: none; color: $faint; font-size: 11px; font-weight: 400; padding: 0 4px; }
""")
