"""The least that Streamlit can show: what every page of ours is held against."""

import streamlit as st

st.write("hi")
